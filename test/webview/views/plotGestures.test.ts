import { beforeEach, describe, expect, it, vi } from "vitest";
import type { PlotSpace } from "../../../webview/chart/plots/chart";
import { listenForGestures } from "../../../webview/views/plotGestures";
import type { GestureHandlers } from "../../../webview/views/plotGestures";

/** A plot of 100 × 100 pixels over [0, 10]², y upwards, with the start handle at (2, 2). */
const space: PlotSpace = {
  area: { left: 0, top: 0, right: 100, bottom: 100 },
  toData: (x, y) => ({ x: x / 10, y: 10 - y / 10 }),
  toPixel: (x, y) => ({ x: x * 10, y: 100 - y * 10 }),
};

function recorder() {
  return {
    space: () => space,
    handle: () => ({ x: 20, y: 80 }),
    setStart: vi.fn<GestureHandlers["setStart"]>(),
    hold: vi.fn<GestureHandlers["hold"]>(),
    pan: vi.fn<GestureHandlers["pan"]>(),
    zoom: vi.fn<GestureHandlers["zoom"]>(),
    reset: vi.fn<GestureHandlers["reset"]>(),
    hover: vi.fn<GestureHandlers["hover"]>(),
  };
}

let target: HTMLElement;
let seen: ReturnType<typeof recorder>;

beforeEach(() => {
  target = document.createElement("div");
  target.setPointerCapture = () => undefined;
  document.body.replaceChildren(target);
  seen = recorder();
  listenForGestures(target, seen);
});

function pointer(type: string, clientX: number, clientY: number, init: PointerEventInit = {}): void {
  target.dispatchEvent(new PointerEvent(type, { clientX, clientY, pointerId: 1, button: 0, ...init }));
}

function press(from: [number, number], to: [number, number], init: PointerEventInit = {}): void {
  pointer("pointerdown", ...from, init);
  pointer("pointermove", ...to, init);
  pointer("pointerup", ...to, init);
}

describe("pointers on a plot", () => {
  it("a click sets the start there", () => {
    press([60, 40], [60, 40]);
    expect(seen.setStart.mock.calls).toEqual([[{ x: 6, y: 6 }]]);
    expect(seen.pan).not.toHaveBeenCalled();
  });

  it("a click with an unsteady hand is a click still", () => {
    press([60, 40], [62, 41]);
    expect(seen.setStart).toHaveBeenCalledTimes(1);
    expect(seen.pan).not.toHaveBeenCalled();
  });

  it("a drag of the map pans by as far as the pointer went", () => {
    pointer("pointerdown", 60, 40);
    for (const x of [61, 63, 70, 80]) pointer("pointermove", x, 40);
    pointer("pointerup", 80, 40);
    expect(seen.pan.mock.calls.reduce((sum, [dx]) => sum + dx, 0)).toBe(20);
    expect(seen.setStart).not.toHaveBeenCalled();
  });

  it("a drag of the handle moves the start all the way, held meanwhile", () => {
    pointer("pointerdown", 22, 78);
    expect(seen.hold).toHaveBeenLastCalledWith(true);
    pointer("pointermove", 40, 50);
    pointer("pointermove", 50, 40);
    pointer("pointerup", 50, 40);
    expect(seen.setStart.mock.calls).toEqual([[{ x: 4, y: 5 }], [{ x: 5, y: 6 }]]);
    expect(seen.hold).toHaveBeenLastCalledWith(false);
  });

  it("a dragged start stays inside the picture", () => {
    pointer("pointerdown", 20, 80);
    pointer("pointermove", 400, -400);
    expect(seen.setStart).toHaveBeenLastCalledWith({ x: 10, y: 10 });
  });

  it("a click on the handle leaves the start where it is", () => {
    press([20, 80], [20, 80]);
    expect(seen.setStart).not.toHaveBeenCalled();
  });

  it.each([["Shift", { shiftKey: true }], ["the middle button", { button: 1 }]])("%s pans even over the handle", (_name, init) => {
    press([20, 80], [50, 80], init);
    expect(seen.pan).toHaveBeenCalledWith(30, 0);
    expect(seen.setStart).not.toHaveBeenCalled();
  });

  it("the wheel zooms about the pointer, in and out alike", () => {
    const wheel = (deltaY: number): boolean =>
      target.dispatchEvent(Object.assign(new WheelEvent("wheel", { deltaY, cancelable: true }), { clientX: 30, clientY: 40 }));
    wheel(-100);
    wheel(100);
    const [[zoomIn, at], [zoomOut]] = seen.zoom.mock.calls as [[number, { x: number; y: number }], [number, unknown]];
    expect(at).toEqual({ x: 3, y: 6 });
    expect(zoomIn).toBeLessThan(1);
    expect(zoomIn * zoomOut).toBeCloseTo(1, 12);
  });

  it("a double click goes back to the automatic view", () => {
    target.dispatchEvent(new MouseEvent("dblclick"));
    expect(seen.reset).toHaveBeenCalledTimes(1);
  });

  it("a moving pointer reads the place under it, and nothing once it has left", () => {
    pointer("pointermove", 50, 50);
    expect(seen.hover).toHaveBeenLastCalledWith({ x: 5, y: 5 });
    pointer("pointerleave", 0, 0);
    expect(seen.hover).toHaveBeenLastCalledWith(undefined);
  });

  it("a press that began outside the axes is none", () => {
    press([150, 50], [60, 40]);
    expect(seen.setStart).not.toHaveBeenCalled();
    expect(seen.pan).not.toHaveBeenCalled();
  });
});
