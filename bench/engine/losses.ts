import type { Table } from "../run";
import { gmm } from "../programs/gmm";
import { leastSquares } from "../programs/leastSquares";
import { logistic } from "../programs/logistic";
import { network } from "../programs/network";
import { features, labels, mixtureArguments, networkArguments, vector } from "./data";
import { inTurn, ratio, time } from "./measure";
import { networkMemory } from "./memory";
import { read } from "./source";

/** Value and gradient of losses over data, beside the user's own function run as it stands (which gives the value only). */
export function losses(): Table {
  const xs = features(1000, 10), ys = labels(1000), w = vector(10, (j) => 0.1 * Math.cos(j));
  const mixture = mixtureArguments(10, 25, 1000);
  const batch = networkArguments(784, 100, 10, 64);
  return {
    name: "Value and gradient of losses over data, against the function itself run as JavaScript (wanted: at most 3×)",
    rows: [
      row("logistic regression, 1000 rows × 10", "logistic", [w, 0.1, xs, ys], ["w", "b"], () => logistic(w, 0.1, xs, ys)),
      row("least squares, 1000 rows × 10", "leastSquares", [w, 0.1, xs, ys], ["w", "b"], () => leastSquares(w, 0.1, xs, ys)),
      row("mixture of Gaussians, d10 k25 n1000", "gmm", mixture, ["alpha", "mu", "q", "l"], () => gmm(...mixture)),
      row("network 784-100-10, batch 64", "network", batch, ["W1", "b1", "W2", "b2"], () => network(...batch)),
      ...networkMemory(batch),
    ],
  };
}

function row(label: string, name: string, start: unknown[], variables: string[], own: () => number): Table["rows"][number] {
  const objective = read(name, name, start, variables);
  const [x, g] = [objective.start, new Float64Array(objective.dimension)];
  const [gradient = NaN, value = NaN, theirs = NaN] = inTurn([
    (calls) => { let s = 0; for (let k = 0; k < calls; k++) s += objective.valueAndGradient(x, g); return s; },
    (calls) => { let s = 0; for (let k = 0; k < calls; k++) s += objective.value(x); return s; },
    (calls) => { let s = 0; for (let k = 0; k < calls; k++) s += own(); return s; },
  ]);
  return { label, value: `${time(gradient)}, ${ratio(gradient, theirs)} the function (${time(theirs)}); our value alone ${ratio(value, theirs)}` };
}
