import { describe, expect, it } from "vitest";
import type { ViewWindow } from "../../../src/shared/intent";
import { panned, zoomed } from "../../../webview/chart/viewWindow";

const window: ViewWindow = { x: [-2, 6], y: [0, 4] };

describe("zoom", () => {
  it("keeps the point under the pointer where it is on screen", () => {
    const near = zoomed(window, 0.5, 0, 3);
    expect((0 - near.x[0]) / (near.x[1] - near.x[0])).toBeCloseTo((0 - -2) / 8, 12);
    expect((3 - near.y[0]) / (near.y[1] - near.y[0])).toBeCloseTo(3 / 4, 12);
    expect(near.x[1] - near.x[0]).toBeCloseTo(4, 12);
  });

  it("in and out again comes back", () => {
    const back = zoomed(zoomed(window, 0.8, 1, 1), 1 / 0.8, 1, 1);
    expect(back.x[0]).toBeCloseTo(window.x[0], 12);
    expect(back.y[1]).toBeCloseTo(window.y[1], 12);
  });

  it("ends before doubles can no longer tell pixels apart", () => {
    let deep = window;
    for (let turn = 0; turn < 1000; turn++) deep = zoomed(deep, 0.5, 1, 1);
    expect(deep.x[1]).toBeGreaterThan(deep.x[0]);
    let wide = window;
    for (let turn = 0; turn < 1000; turn++) wide = zoomed(wide, 2, 1, 1);
    expect(Number.isFinite(wide.x[1] - wide.x[0])).toBe(true);
  });
});

it("pan moves the window and keeps its size", () => {
  expect(panned(window, 1, -1)).toEqual({ x: [-1, 7], y: [-1, 3] });
});
