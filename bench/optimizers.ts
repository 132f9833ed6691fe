import { readFileSync } from "node:fs";
import path from "node:path";
import { root } from "../scripts/lib/paths.mjs";
import { compile } from "../src/core/compile";
import { minimize } from "../src/core/optimize/minimize";
import type { MethodId } from "../src/core/optimize/types";
import { readProgram } from "../src/core/source/readProgram";
import { type MinimaFixture, compareWithSciPy, median } from "../test/unit/optimize/compareWithSciPy";
import { milliseconds } from "./engine/measure";
import type { Table } from "./run";

const peers = [
  ["bfgs", "BFGS"],
  ["lbfgs", "L-BFGS-B"],
  ["cg", "CG"],
  ["newton-cg", "Newton-CG"],
  ["trust-region", "trust-exact"],
  ["newton", "Newton-CG"],
] as const;
const steps = 1_000_000;

/** How often, and how soon, the minimum is reached, beside recorded runs of SciPy; and how fast a million steps are. */
export function run(): Promise<Table[]> {
  return Promise.resolve([minima(), longRuns()]);
}

function minima(): Table {
  const fixture = JSON.parse(readFileSync(path.join(root, "test/fixtures/optimize/minima.json"), "utf8")) as MinimaFixture;
  const rows = peers.map(([method, peer]) => {
    const { ours, theirs, ratios, evaluations, milliseconds: time } = compareWithSciPy(fixture, method, peer);
    const missed = theirs.filter((id) => !ours.includes(id));
    return {
      label: `${method} beside ${peer}`,
      value: `reached ${ours.length} (SciPy ${theirs.length}) of ${fixture.problems.length}, evaluations ${median(ratios).toFixed(2)}× in the median, `
        + `${evaluations} in all in ${time.toFixed(0)} ms${missed.length > 0 ? `; missed: ${missed.join(", ")}` : ""}`,
    };
  });
  return { name: "Minima from the standard starts, exact derivatives, gradient tolerance 1e-8 (wanted: as many as SciPy, at most 1.2×)", rows };
}

function longRuns(): Table {
  const text = "(1 - x)^2 + 100 (y - x^2)^2";
  const objective = compile(readProgram({ text, language: "math", selection: { start: 0, end: text.length } }));
  const start = Float64Array.of(-1.2, 1);
  const take = (method: MethodId, maxIterations: number) => () => minimize(objective, { method, start, learningRate: 1e-4, maxIterations, stop: {} });
  const rows = (["gd", "momentum", "adam"] as const).map((method) => {
    take(method, 20_000)();
    return { label: method, value: `${milliseconds(take(method, steps)).toFixed(0)} ms` };
  });
  return { name: "A million recorded steps of Rosenbrock's function (wanted: under a second)", rows };
}
