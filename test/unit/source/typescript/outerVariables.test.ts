import { describe, expect, it } from "vitest";
import { compile, readProgram } from "../../../../src/core/index";

const outerOf = (text: string, name: string): string[] | undefined =>
  readProgram({ text, language: "typescript" }).functions.find((info) => info.name === name)?.outer;

describe("what could be chosen besides the parameters", () => {
  const cases: [string, string, string, string[] | undefined][] = [
    ["variables of the file that it reads", "let m = 0.5, b = -1; const xs = [1, 2]; function cost() { return xs.reduce((s, x) => s + (m * x + b) ** 2, 0); }", "cost", ["m", "b"]],
    ["through a helper as well", "let m = 0.5; const predict = (x: number) => m * x; function cost() { return predict(2) ** 2; }", "cost", ["m"]],
    ["fields of its object, but not its methods", "class M { m = 1; b = 2; predict(x: number) { return this.m * x + this.b; } cost() { return this.predict(3) ** 2; } }", "cost", ["this.m", "this.b"]],
    ["no counter that it keeps", "let calls = 0; let m = 1; function cost() { calls++; return m * m; }", "cost", ["m"]],
    ["no text, and no constant", "let unit = 'cm'; const k = 2; function cost(x: number) { console.log(unit); return k * x; }", "cost", undefined],
  ];
  it.each(cases)("%s", (_name, text, name, expected) => {
    expect(outerOf(text, name)).toEqual(expected);
  });

  it("and choosing it makes it the unknown", () => {
    const program = readProgram({ text: cases[0]?.[1] ?? "", language: "typescript" });
    const objective = compile(program, "cost", { variables: ["m", "b"] });
    expect(objective.coordinates).toEqual(["m", "b"]);
    expect(objective.arguments).toMatchObject([{ name: "m", isUnknown: true, isOuter: true, value: 0.5 }, { name: "b", value: -1 }]);
  });
});

it("says of each argument where its value came from", () => {
  const text = "const xs = [1, 2];\nfunction cost(w: number, xs: number[], k = 2) { return k * w * xs[0]; }\ncost(0.5, xs);";
  const { arguments: found } = compile(readProgram({ text, language: "typescript" }), "cost");
  expect(found).toMatchObject([
    { name: "w", isUnknown: true, origin: "call", place: { start: { line: 2, character: 5 } } },
    { name: "xs", isUnknown: false, origin: "call", value: [1, 2] },
    { name: "k", isUnknown: false, origin: "default" },
  ]);
});
