import { describe, expect, it } from "vitest";
import { themeOf } from "../../../webview/chart/theme";
import { initialState, reduce, type State } from "../../../webview/store";
import { tracesScene } from "../../../webview/views/plotScenes";
import { objective, run, source } from "../snapshots";

const theme = themeOf("vscode-light", () => "", { family: "sans-serif", size: 13 });

function tracesOf(state: State): { count: number; values: number[] } {
  if (state.view.kind !== "ready") throw new Error("Nothing is shown");
  const { series } = tracesScene(state, state.view, theme);
  return { count: series.count, values: series.lines.map((line) => line.at(0)) };
}

describe("the traces of many coordinates", () => {
  it("are the start alone where another function's run was shown before", () => {
    const [before, after] = [objective(3, { id: 1 }), objective(5, { id: 2 })];
    const ran = [{ type: "source", source: source(before), keepEdits: false }, { type: "run", run: run(before, 10) }] as const;
    const state = ran.reduce<State>(reduce, initialState);
    expect(tracesOf(state).count).toBe(11);
    const next = reduce(reduce(state, { type: "source", source: source(after), keepEdits: false }), { type: "run", run: null });
    expect(tracesOf(next)).toEqual({ count: 1, values: [...after.start] });
  });
});
