import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { compile, readProgram } from "../../../../src/core";

interface WildProgram {
  name: string;
  language: "typescript" | "javascript";
  text: string;
  function: string;
  files?: Record<string, string>;
  start?: unknown[];
  variables?: string[];
  coordinates: string;
  origin: string;
  at: number[];
  value?: number;
  gradient?: number[];
}

const file = fileURLToPath(new URL("../../../fixtures/typescript/wild.json", import.meta.url));
const { programs, libraries } = JSON.parse(readFileSync(file, "utf8")) as { programs: WildProgram[]; libraries: WildProgram[] };

function read({ text, language, files = {} }: WildProgram) {
  return readProgram({
    text, language, uri: "/p/main.ts",
    resolve: (specifier, from) => {
      const base = new URL(specifier, `file://${from}`).pathname;
      const found = ["", ".ts", ".js", ".json", "/index.ts"].map((end) => base + end).find((uri) => uri in files);
      return found === undefined ? undefined : { uri: found, text: files[found] ?? "" };
    },
  });
}

function holds(each: WildProgram): void {
  const { start, variables } = each;
  const objective = compile(read(each), each.function, { ...(start ? { start: start.map((arg) => arg ?? undefined) } : {}), ...(variables ? { variables } : {}) });
  expect((objective.labels ?? objective.coordinates).join(" ")).toBe(each.coordinates);
  expect(objective.startOrigin).toBe(each.origin);
  expect([...objective.start]).toEqual(each.at);
  const gradient = new Float64Array(objective.dimension);
  const value = objective.valueAndGradient(objective.start, gradient);
  if (each.value === undefined || !each.gradient) {
    expect(value).not.toBeNaN();
    return;
  }
  expect(Math.abs(value - each.value)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(each.value)));
  const scale = Math.max(...each.gradient.map(Math.abs), 1e-9);
  each.gradient.forEach((slope, i) => { expect(Math.abs((gradient[i] ?? NaN) - slope)).toBeLessThanOrEqual(1e-6 * scale); });
}

describe("programs as they are met: where the unknowns, the data and the start are", () => {
  it.each(programs.map((each) => [each.name, each] as const))("%s", (_name, each) => { holds(each); });
});

describe("calls into libraries that are known", () => {
  it.each(libraries.map((each) => [each.name, each] as const))("%s", (_name, each) => { holds(each); });
});

describe("what is trained in the file", () => {
  const text = (epochs: number): string => `let m = 0.1, b = 0.2;
const xs = [1, 2, 3, 4];
function loss() { let s = 0; for (const x of xs) s += (m * x + b - 2 * x) ** 2; return s; }
for (let e = 0; e < ${epochs}; e++) { let g = 0; for (const x of xs) g += (m * x + b - 2 * x) * x; m -= 0.001 * g; }`;

  it("starts where it began if the training is too long to follow", () => {
    const objective = compile(readProgram({ text: text(1e6), language: "javascript" }), "loss", { variables: ["m", "b"] });
    expect([...objective.start]).toEqual([0.1, 0.2]);
  });

  it("is found by name, and a name that is none is said to be none", () => {
    const program = readProgram({ text: text(1), language: "javascript" });
    expect(compile(program, "loss", { variables: ["b"] }).coordinates).toEqual(["b"]);
    expect(() => compile(program, "loss", { variables: ["q"] })).toThrow(/does not depend on "q"/);
    expect(() => compile(program, "loss")).toThrow(/no parameters/);
  });
});
