import { derivative, parse } from "mathjs";
import { makeFunction } from "../../src/core/codegen/javascript/runtime";
import type { Table } from "../run";
import { ackleyByHand, himmelblauByHand, rosenbrockByHand } from "../programs/gradientsByHand";
import { inTurn, ratio, type Side, time } from "./measure";
import { read } from "./source";

type Gradient = (x: Float64Array, g: Float64Array) => number;

const cases: { title: string; name: string; byHand: Gradient; formula: string }[] = [
  { title: "Rosenbrock", name: "rosenbrock", byHand: rosenbrockByHand, formula: "(1 - x)^2 + 100 (y - x^2)^2" },
  { title: "Himmelblau", name: "himmelblau", byHand: himmelblauByHand, formula: "(x^2 + y - 11)^2 + (x + y^2 - 7)^2" },
  {
    title: "Ackley", name: "ackley", byHand: ackleyByHand,
    formula: "-20 exp(-0.2 sqrt(0.5 (x^2 + y^2))) - exp(0.5 (cos(2 pi x) + cos(2 pi y))) + e + 20",
  },
];

/** Value and gradient of two unknowns: generated code, code written by hand, and mathjs's simplified partials, compiled. */
export function smallFunctions(): Table {
  const rows = cases.map(({ title, name, byHand, formula }) => {
    const objective = read("smallFunctions", name, [-1.2, 1]);
    const [ours = NaN, hand = NaN, mathjs = NaN] = inTurn([
      stepsOf((x, g) => objective.valueAndGradient(x, g)), stepsOf(byHand), stepsOf(partialsOf(formula)),
    ]);
    return { label: title, value: `${time(ours)}, ${ratio(ours, hand)} by hand (${time(hand)}); mathjs ${time(mathjs)}, ${ratio(mathjs, ours)} ours` };
  });
  return { name: "Value and gradient of small functions (wanted: at most 1.3× by hand)", rows };
}

/** A loop of its own for each function, as a descent has it. */
function stepsOf(f: Gradient): Side {
  const steps = makeFunction(`return function (f, calls) {
    const x = Float64Array.of(-1.2, 1), g = new Float64Array(2);
    let s = 0;
    for (let i = 0; i < calls; i++) { s += f(x, g); x[0] -= 1e-9 * g[0]; x[1] -= 1e-9 * g[1]; }
    return s;
  };`, []) as (f: Gradient, calls: number) => number;
  return (calls) => steps(f, calls);
}

function partialsOf(formula: string): Gradient {
  const value = parse(formula).compile();
  const [byX, byY] = ["x", "y"].map((name) => derivative(formula, name).compile());
  return (p, g) => {
    const scope = { x: p[0], y: p[1] };
    g[0] = Number(byX?.evaluate(scope));
    g[1] = Number(byY?.evaluate(scope));
    return Number(value.evaluate(scope));
  };
}
