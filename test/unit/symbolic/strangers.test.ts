import { describe, expect, test } from "vitest";
import { compile, readProgram } from "../../../src/core/index";
import type { Objective } from "../../../src/core/objective";
import type { DerivationStep, Printable } from "../../../src/core/symbolic/formula";
import { strangersPrograms } from "./strangersPrograms";

/** The function called on the last line, or the last of the file. */
function objectiveOf(text: string): Objective {
  const program = readProgram({ text, language: "typescript" });
  const called = /(?:^|\n)(\w+)\([^\n]*\);$/.exec(text)?.[1];
  const name = program.functions.find((one) => one.name === called)?.name ?? program.functions.at(-1)?.name;
  return compile(program, name);
}

/** The same program with another function that returns the formula as it is printed. */
function withFormula(text: string, formula: string): string {
  const called = /(?:^|\n)(\w+)(\([^\n]*\));$/.exec(text);
  const signatures = [...text.matchAll(/(?:function (\w+)|const (\w+) = )\((.*?)\)(?: \{| =>)/g)];
  const own = signatures.find(([, a, b]) => called && (a ?? b) === called[1]) ?? signatures.at(-1);
  const method = /\n ?(?:\w+)\((\w+: number(?:, \w+: number)*)\) \{ (?:let|return)/.exec(text)?.[1] ?? /(?:energy|loss)\((\w+: number(?:, \w+: number)*)\)/.exec(text)?.[1];
  return `${text}\nfunction again(${own?.[3] ?? method ?? ""}) { return ${formula}; }\n${called?.[2] === undefined ? "" : `again${called[2]};`}`;
}

describe("programs of strangers", () => {
  test.each(strangersPrograms)("$title", ({ text, value, gradient }) => {
    const { formula, noFormula } = objectiveOf(text);
    expect(noFormula).toBeUndefined();
    expect([formula?.value.latex(), formula?.gradient[0]?.latex()]).toEqual([value, gradient]);
  });

  test.each(strangersPrograms)("mean what they say in code: $title", ({ text }) => {
    const objective = objectiveOf(text);
    const { formula } = objective;
    if (!formula) throw new Error("It has a formula");
    const texts = [formula.value, formula.gradient[0], formula.gradient.at(-1)].map((each) => each?.typescript() ?? "");
    const again = texts.map((each) => objectiveOf(withFormula(text, each)));
    for (const moved of [0.11, 0.23]) {
      const x = objective.start.map((start, k) => start + moved * (1 + 0.3 * ((k * 7) % 5)));
      const slopes = objective.gradient(x);
      const wanted = [objective.value(x), slopes[0] ?? NaN, slopes.at(-1) ?? NaN];
      again.forEach((one, i) => expect(Math.abs(one.value(x) - (wanted[i] ?? NaN))).toBeLessThanOrEqual(1e-10 * Math.max(1, Math.abs(wanted[i] ?? NaN))));
    }
  });

  test.each(strangersPrograms)("show no name that is not the user's: $title", ({ text }) => {
    const { formula } = objectiveOf(text);
    const set = formula?.setOut?.();
    const told: Printable[] = [];
    const visit = (step: DerivationStep): void => {
      told.push(step.before, step.after, ...(step.inner ? [step.inner.name, step.inner.value, step.inner.derivative] : []), ...(step.simplification ? [step.simplification.from] : []));
      step.children.forEach(visit);
    };
    if (formula) visit(formula.steps(0));
    const all = [...told, formula?.value, ...formula?.gradient ?? [], set?.value, ...set?.gradient ?? [], ...(set?.where ?? []).flatMap((one) => [one.name, one.value])];
    for (const each of all) for (const written of [each?.latex(), each?.typescript(), each?.python(), each?.math()]) expect(written ?? "").not.toMatch(/[~#@]|NaN|undefined/);
  });
});
