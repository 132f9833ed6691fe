import { describe, expect, it } from "vitest";
import { compile, readProgram } from "../../../../src/core";

/** Each of these once took a time that grew with the square of its size, all the memory there is, or lost an element. */
describe("lists and files of any size", () => {
  it("a file of 10,000 functions is read at once", () => {
    const text = Array.from({ length: 10_000 }, (_, i) => `function f${i}(x) { return f0(x) * ${i}; }`).join("\n");
    expect(readProgram({ text, language: "javascript" }).functions).toHaveLength(10_000);
  });

  it("a list built by 30,000 pushes, or by its index, is data like any other", () => {
    const text = "const d = []; for (let i = 0; i < 30000; i++) d.push({ x: i / 30000 });\nconst e = []; for (let i = 0; i < 30000; i++) e[i] = i;\n"
      + "function f(a) { let s = e[e.length - 1]; for (const { x } of d) s += a * x; return s; }";
    const objective = compile(readProgram({ text, language: "javascript" }), "f", { start: [2] });
    expect(objective.value(objective.start)).toBeCloseTo(29_999 + 29_999, 6);
  });

  it("what one arm of a choice pushed is not there in the other", () => {
    const text = "function f(x) { const seen = [x]; for (let i = 0; i < 2; i++) { const kept = []; if (x > 0) { kept.push(x); kept.push(2 * x); } else { kept.push(3); kept.push(x * x); } seen.push(kept[0] * kept[1]); } return seen[0] + seen[1] * seen[2] + seen.length; }";
    const objective = compile(readProgram({ text, language: "javascript" }), "f", { start: [0.5] });
    expect(objective.value(Float64Array.of(0.5))).toBeCloseTo(0.5 + 0.25 + 3, 12);
    expect(objective.value(Float64Array.of(-2))).toBeCloseTo(-2 + 144 + 3, 12);
  });

  it("a list that several places fill has room for all of them", () => {
    const text = "function f(x) { const o = []; for (let i = 0; i < 3; i++) { if (x > i * 0.2) { o.push(x * i); o.push(x - i); } else o.push(1); o.push(7); } for (let i = 0; i < 4; i++) if (x < i * 0.2) o.push(x * i); return o.reduce((s, v, i) => s + v * (i + 1), 0); }";
    const objective = compile(readProgram({ text, language: "javascript" }), "f", { start: [0.3] });
    for (const [x, value] of [[0.5, 136.5], [0.15, 123.7], [-2, -19]] as const) expect(objective.value(Float64Array.of(x))).toBeCloseTo(value, 9);
  });
});
