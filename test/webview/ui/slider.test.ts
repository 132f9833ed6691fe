import { describe, expect, it } from "vitest";
import { slider } from "../../../webview/ui/slider";
import type { SliderScale } from "../../../webview/ui/slider";

function made(scale: SliderScale, low: number, high: number) {
  const seen: number[] = [];
  const made = slider({ label: "Rate", testid: "rate", scale, low, high, steps: 240, text: (value) => `${value}!`, onInput: (value) => seen.push(value) });
  const move = (position: number): void => {
    made.input.value = String(position);
    made.input.dispatchEvent(new Event("input"));
  };
  return { ...made, seen, move };
}

describe("a slider", () => {
  it.each<[SliderScale, number, number, number[]]>([
    ["linear", 0, 1, [0, 0.25, 0.9]], ["log", 1e-5, 10, [1e-5, 0.01, 0.3]], ["towardsOne", 0, 0.9999, [0, 0.9, 0.999]],
  ])("that is %s gives back the values it was set to", (scale, low, high, values) => {
    for (const value of values) {
      const { set, seen, input } = made(scale, low, high);
      set(value);
      input.dispatchEvent(new Event("input"));
      expect(seen[0]).toBeCloseTo(value, 10);
    }
  });

  it("moves in decades when it is logarithmic, by round numbers", () => {
    const { move, seen } = made("log", 1e-5, 10);
    for (const position of [-3, -2, -1.5]) move(position);
    expect(seen).toEqual([0.001, 0.01, 0.032]);
  });

  it("tells a screen reader the value, not the position", () => {
    const { set, move, input } = made("log", 1e-5, 10);
    set(0.1);
    expect(input.getAttribute("aria-valuetext")).toBe("0.1!");
    move(-2);
    expect(input.getAttribute("aria-valuetext")).toBe("0.01!");
    expect(input.getAttribute("aria-label")).toBe("Rate");
  });
});
