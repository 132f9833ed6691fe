import { expect, it, vi } from "vitest";
import { coordinatePicker } from "../../../webview/views/coordinatePicker";

const picker = () => coordinatePicker({ label: "By", testid: "by", onChange: vi.fn() });
const names = (count: number): string[] => Array.from({ length: count }, (_, i) => `w[${i}]`);

it.each([
  [3, 3, 0],
  [20, 0, 20],
  [79_510, 0, 200],
])("of %i coordinates offers %i side by side or %i in a list", (count, segments, options) => {
  const made = picker();
  const { element } = made;
  made.offer(names(count));
  expect(element.querySelectorAll("input").length).toBe(segments);
  expect(element.querySelectorAll("vscode-option").length).toBe(options);
});
