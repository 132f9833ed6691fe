import { describe, expect, it } from "vitest";
import { type InSight, viewWindow } from "../../../src/core/landscape/viewWindow";

const at = (...x: number[]) => Float64Array.from(x);

function shows({ x, y }: ReturnType<typeof viewWindow>, [px, py]: readonly number[]): boolean {
  return px !== undefined && px > x[0] && px < x[1] && (py === undefined || (py > y[0] && py < y[1]));
}
const widthOf = ([low, high]: readonly [number, number]) => high - low;

describe("the window", () => {
  it("shows the start, the minima and the path with room around them", () => {
    const window = viewWindow(2, { start: at(-1.2, 1), minima: [at(1, 1)], path: at(-1.2, 1, -1, 0.4, 0.5, 0.2, 0.9, 0.8) });
    for (const point of [[-1.2, 1], [1, 1], [0.5, 0.2]]) expect(shows(window, point)).toBe(true);
    expect(widthOf(window.x)).toBeLessThan(8);
  });

  it("makes a circle round where its axes are comparable, and leaves them alone where they are not", () => {
    const scaleOf = ({ x, y }: ReturnType<typeof viewWindow>, aspect: number) => widthOf(x) / (widthOf(y) * aspect);
    for (const aspect of [0.5, 1, 1.6]) {
      expect(scaleOf(viewWindow(2, { start: at(2, 1.5), minima: [at(0, 0)], aspect }), aspect)).toBeCloseTo(1, 9);
    }
    const far = viewWindow(2, { start: at(2, 300), minima: [at(0, 0)], scale: [0.01, 1], aspect: 1 });
    expect(scaleOf(far, 1)).toBeLessThan(0.1);
  });

  it("has the minimum well inside, not in a corner", () => {
    const { x, y } = viewWindow(2, { start: at(4, 3), minima: [at(0, 0)] });
    expect(-x[0] / widthOf(x)).toBeGreaterThan(0.3);
    expect(-y[0] / widthOf(y)).toBeGreaterThan(0.3);
  });

  it("gives an axis on which nothing moves its share", () => {
    const { x, y } = viewWindow(2, { start: at(4, 0), minima: [at(0, 0)] });
    expect(widthOf(y) / widthOf(x)).toBeGreaterThan(0.4);
    expect(y[0]).toBeLessThan(0);
    expect(y[1]).toBeGreaterThan(0);
  });

  it("lets axes differ by what their coordinates mean", () => {
    const { x, y } = viewWindow(2, { start: at(0, 0), minima: [at(2, 300)], scale: [0.01, 1] });
    expect(widthOf(x)).toBeLessThan(10);
    expect(widthOf(y)).toBeGreaterThan(300);
  });

  it("is not blown up by a path that ran away", () => {
    const steps = Array.from({ length: 40 }, (_, k) => (-1.7) ** k);
    const path = Float64Array.from(steps.flatMap((s) => [s, 0.5 * s]));
    const window = viewWindow(2, { start: at(1, 0.5), minima: [at(0, 0)], path });
    expect(widthOf(window.x)).toBeLessThan(12);
    expect(shows(window, [-1.7, -0.85])).toBe(true);
  });

  it("is finite whatever the path went through", () => {
    const path = at(1, 1, NaN, 2, Infinity, -Infinity, 1e300, 1e300);
    const { x, y } = viewWindow(2, { start: at(1, 1), path, minima: [at(NaN, 0)] });
    expect([...x, ...y].every(Number.isFinite)).toBe(true);
    expect(widthOf(x)).toBeLessThan(20);
  });

  it.each<[string, InSight]>([
    ["a start that is the minimum", { start: at(0, 0), minima: [at(0, 0)] }],
    ["a start alone", { start: at(3, -2) }],
    ["a far start alone", { start: at(1e9, 1e-9) }],
    ["a path that stays", { start: at(1, 1), path: at(1, 1, 1, 1, 1, 1) }],
  ])("has a size for %s", (_, inSight) => {
    const window = viewWindow(2, inSight);
    expect(widthOf(window.x)).toBeGreaterThan(1);
    expect(widthOf(window.y)).toBeGreaterThan(1);
    expect(shows(window, Array.from(inSight.start))).toBe(true);
  });

  it("zooms in on a small path: nothing smaller than asked for is made larger", () => {
    const window = viewWindow(2, { start: at(1e-5, 1e-5), minima: [at(0, 0)] });
    expect(widthOf(window.x)).toBeLessThan(1e-4);
  });

  it("has round bounds", () => {
    const { x, y } = viewWindow(2, { start: at(-1.23456, 0.98765), minima: [at(0.7654, 1.2345)] });
    for (const bound of [...x, ...y]) expect(Number(bound.toPrecision(3))).toBe(bound);
  });

  it("of one variable shows both sides of the minimum", () => {
    const { x } = viewWindow(1, { start: at(3), minima: [at(1)], path: at(3, 2, 1.5, 1.1) });
    expect(x[0]).toBeLessThan(0);
    expect(x[1]).toBeGreaterThan(3);
  });
});
