import { describe, expect, it } from "vitest";
import { initialState, reduce, startOf } from "../../webview/store";
import type { Action, State } from "../../webview/store";
import { bracket, contour, descent, intent, objective, run, source } from "./snapshots";

const bowl = objective(2);
const after = (...actions: Action[]): State => actions.reduce(reduce, initialState);
const read: Action = { type: "source", source: source(bowl), keepEdits: false };

describe("the state of the panel", () => {
  it("is idle until something was said", () => {
    expect(initialState.view.kind).toBe("idle");
  });

  it("is loading while a text is read for the first time", () => {
    expect(after({ type: "source", source: source(null, { busy: true }), keepEdits: false }).view.kind).toBe("loading");
  });

  it("is a problem where nothing could be read", () => {
    const state = after({ type: "source", source: source(null, { problems: [bracket] }), keepEdits: false });
    expect(state.view.kind).toBe("problem");
  });

  it("is ready with an objective, then a run, then a landscape", () => {
    const steps = run(bowl, 5);
    const map = contour(bowl);
    const state = after(read, { type: "run", run: steps }, { type: "landscape", landscape: map });
    expect(state.view).toMatchObject({ kind: "ready", run: steps, landscape: map, stale: false });
  });

  it("keeps the last good picture, and says that it is old, while the text is broken", () => {
    const steps = run(bowl, 5);
    const state = after(read, { type: "run", run: steps },
      { type: "source", source: source(bowl, { problems: [bracket] }), keepEdits: false });
    expect(state.view).toMatchObject({ kind: "ready", run: steps, stale: true });
  });

  it("is not old because of a mere warning", () => {
    const warned = source(bowl, { problems: [{ ...bracket, severity: "warning" }] });
    expect(after({ type: "source", source: warned, keepEdits: false }).view).toMatchObject({ stale: false });
  });

  it("keeps the picture across an edit until the new one arrives, but never one of another dimension", () => {
    const steps = run(bowl, 5);
    const drawn = after(read, { type: "run", run: steps });
    const edited = reduce(drawn, { type: "source", source: source(objective(2, { id: 2 })), keepEdits: false });
    expect(edited.view).toMatchObject({ run: steps });
    const other = reduce(drawn, { type: "source", source: source(objective(3, { id: 3 })), keepEdits: false });
    expect(other.view).toMatchObject({ run: null, landscape: null });
  });

  it("takes the host's word for the intent, unless the person has just changed it", () => {
    const changed = after(read, { type: "descent", descent: { ...descent, learningRate: 0.5 } });
    expect(reduce(changed, { ...read, keepEdits: true }).intent?.descent.learningRate).toBe(0.5);
    expect(reduce(changed, read).intent?.descent.learningRate).toBe(0.25);
  });

  it("does not bring back a window the person has just let go", () => {
    const windowed = source(bowl, { intent: { ...intent, window: { x: [0, 1], y: [0, 1] } } });
    const free = after({ type: "source", source: windowed, keepEdits: false }, { type: "window", window: undefined });
    expect(reduce(free, { type: "source", source: windowed, keepEdits: true }).intent).not.toHaveProperty("window");
  });

  it("starts where the person chose, while that fits the function", () => {
    const chosen = after(read, { type: "descent", descent: { ...descent, start: [7, 8] } });
    expect(startOf(chosen)).toEqual([7, 8]);
    const other = reduce(chosen, { type: "source", source: source(objective(3, { id: 2 })), keepEdits: true });
    expect(startOf(other)).toEqual([2, 1.75, 1.5]);
  });

  it("forgets a failure once something worked", () => {
    const failed = after(read, { type: "notice", notice: "too slow" });
    expect(failed.notice).toBe("too slow");
    expect(reduce(failed, { type: "run", run: run(bowl, 1) }).notice).toBeNull();
  });
});
