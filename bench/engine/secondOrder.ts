import type { Table } from "../run";
import { features, labels, networkArguments, vector } from "./data";
import { inTurn, ratio, time } from "./measure";
import { read } from "./source";

/** Hessian-vector products beside gradients, and whole Hessians beside one product a column. */
export function secondOrder(): Table {
  const xs = features(1000, 10), ys = labels(1000), w = vector(10, (j) => 0.1 * Math.cos(j));
  return {
    name: "Second order, against value and gradient (a product costs about two to three)",
    rows: [
      row("Rosenbrock, 2 unknowns", "smallFunctions", "rosenbrock", [-1.2, 1], true),
      row("Ackley, 2 unknowns", "smallFunctions", "ackley", [-1.2, 1], true),
      row("Rosenbrock, 100 unknowns", "rosenbrock", "rosenbrock", [vector(100, (k) => Math.sin(k))], true),
      row("logistic regression, 1000 rows × 10", "logistic", "logistic", [w, 0.1, xs, ys], true, ["w", "b"]),
      row("network 784-100-10, batch 64", "network", "network", networkArguments(784, 100, 10, 64), false, ["W1", "b1", "W2", "b2"]),
    ],
  };
}

function row(label: string, program: string, name: string, start: unknown[], wholeHessian: boolean, variables?: string[]): Table["rows"][number] {
  const objective = read(program, name, start, variables);
  const { start: x, dimension: n } = objective;
  const [g, v, out, h] = [new Float64Array(n), x.map((_, k) => Math.cos(k)), new Float64Array(n), new Float64Array(wholeHessian ? n * n : 0)];
  const [gradient = NaN, product = NaN, hessian = NaN] = inTurn([
    (calls) => { let s = 0; for (let k = 0; k < calls; k++) s += objective.valueAndGradient(x, g); return s; },
    (calls) => { let s = 0; for (let k = 0; k < calls; k++) s += objective.hessianVector(x, v, out)[0] ?? NaN; return s; },
    ...(wholeHessian ? [(calls: number) => { let s = 0; for (let k = 0; k < calls; k++) s += objective.hessian(x, h)[0] ?? NaN; return s; }] : []),
  ]);
  const whole = wholeHessian ? `; the Hessian ${time(hessian)}, ${ratio(hessian, n * product)} its ${n} products` : "";
  return { label, value: `Hv ${time(product)}, ${ratio(product, gradient)} the gradient (${time(gradient)})${whole}` };
}
