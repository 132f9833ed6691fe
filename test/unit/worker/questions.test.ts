import { describe, expect, it } from "vitest";
import { compile, readProgram } from "../../../src/core/index";
import type { Objective } from "../../../src/core/objective";
import type { Handlers } from "../../../src/shared/rpc";
import type { Questions } from "../../../src/shared/questions";
import { answers, offersOf } from "../../../src/worker/questions";
import { callContext } from "../support/callContext";

const objectiveOf = (text: string): Objective => compile(readProgram({ text, language: "math" }));
const about = (objective: Objective, now: () => number = () => 0): Handlers<Questions> => answers(() => objective, now);

describe("what can be asked of a function", () => {
  it("is everything there is an answer to", () => {
    const offers = offersOf(objectiveOf("x^2 + y^2"));
    expect(offers).toEqual(expect.arrayContaining(["steps", "hessian", "quotients", "stationary"]));
    expect(offers).not.toContain("sweep");
  });

  it("is less of many unknowns: no matrix that nobody reads, no points in a plane there is none of", () => {
    const offers = offersOf(objectiveOf("a^2 + b^2 + c^2 + d^2 + p^2 + q^2 + r^2"));
    expect(offers).toContain("steps");
    expect(offers).not.toContain("hessian");
    expect(offers).not.toContain("stationary");
  });
});

describe("the answers", () => {
  const cubic = objectiveOf("f(x, y) = x^3 - 3x + y^2");
  const ask = about(cubic);

  it("tell the derivation as LaTeX, chains with their inner functions", async () => {
    const told = await about(objectiveOf("f(x) = sin(x^2)")).steps({ objective: 1, coordinate: 0 }, callContext());
    expect(told.rule).toBe("sine, chain");
    expect(told.before).toContain("\\sin");
    expect(told.inner?.value).toBe("x^2");
    expect(told.inner?.derivative).toBe("2x");
  });

  it("tell the second derivatives, symmetric", async () => {
    const matrix = await ask.hessian({ objective: 1 }, callContext());
    expect(matrix).toEqual({ entries: [["6x", "0"], ["0", "2"]], where: [] });
  });

  it("tell difference quotients that approach the derivative", async () => {
    const { rows, limit, value } = await ask.quotients({ objective: 1, coordinate: 0, x: [2, 1] }, callContext());
    expect(limit).toBe(9);
    expect(value).toBe(3);
    const [first, second] = rows;
    expect(second?.error ?? NaN).toBeLessThan(first?.error ?? NaN);
  });

  it("find stationary points and say of what kind they are", async () => {
    const found = await ask.stationary({ objective: 1, window: [[-2, 2], [-2, 2]] }, callContext());
    if (!found.ok) throw new Error("It is a fast function.");
    const kinds = found.points.map(({ at, kind }) => `${kind} ${[...at].map((x) => Math.round(x)).join()}`).sort();
    expect(kinds).toEqual(["minimum 1,0", "saddle -1,0"]);
  });

  it("do not look for them where one value takes too long", async () => {
    let time = 0;
    const slow = about(cubic, () => (time += 50));
    expect(await slow.stationary({ objective: 1, window: [[-2, 2], [-2, 2]] }, callContext())).toEqual({ ok: false });
  });

  it("refuse what the function does not have", () => {
    expect(() => ask.steps({ objective: 1, coordinate: 2 }, callContext())).toThrow("2 coordinates");
    expect(() => ask.quotients({ objective: 1, coordinate: 0, x: [1] }, callContext())).toThrow("2 coordinates");
    expect(() => ask.stationary({ objective: 1, window: [[0, 1]] }, callContext())).toThrow("2 intervals");
    expect(() => ask.sweep({ objective: 1 }, callContext())).toThrow("no answer");
  });
});
