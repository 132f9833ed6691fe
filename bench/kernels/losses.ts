import type { Objective } from "../../src/core/index";
import { features, labels, mixtureArguments, networkArguments, vector } from "../engine/data";
import { inTurn, ratio, time } from "../engine/measure";
import { read } from "../engine/source";
import { gmm } from "../programs/gmm";
import { leastSquares } from "../programs/leastSquares";
import { logistic } from "../programs/logistic";
import { networkByHand } from "../programs/networkByHand";
import type { Table } from "../run";
import { checksumOf, type Compiled } from "./compiled";

interface Loss {
  readonly label: string;
  readonly program: string;
  readonly start: unknown[];
  readonly variables: string[];
  /** Numbers behind the unknowns, and the sizes, as kernels.c wants them. */
  readonly data: readonly number[];
  readonly dimensions: readonly number[];
  /** In plain JavaScript; what it gives, in words. */
  readonly plain: { readonly what: string; readonly run: () => number };
}

const flat = (rows: readonly (readonly number[])[]): number[] => rows.flat();

function all(): Loss[] {
  const w = vector(10, (j) => 0.1 * Math.cos(j));
  const many = 100_000;
  const [xs, ys] = [features(many, 10), labels(many)];
  const batch = networkArguments(784, 100, 10, 64);
  const mixtures = [10, 32].map((d) => ({ d, start: mixtureArguments(d, 25, 1000) }));
  return [
    {
      label: "network 784-100-10, batch 64", program: "network", start: batch, variables: ["W1", "b1", "W2", "b2"], data: [...flat(batch[4]), ...batch[5]],
      dimensions: [784, 100, 10, 64], plain: { what: "plain JavaScript loops", run: networkByHand(batch) },
    },
    ...mixtures.map(({ d, start }): Loss => ({
      label: `mixture of Gaussians, d${d} k25 n1000`, program: "gmm", start, variables: ["alpha", "mu", "q", "l"], data: flat(start[4]),
      dimensions: [d, 25, 1000], plain: { what: "the function itself", run: () => gmm(...start) },
    })),
    {
      label: "least squares, 100,000 rows × 10", program: "leastSquares", start: [w, 0.1, xs, ys], variables: ["w", "b"], data: [...flat(xs), ...ys],
      dimensions: [10, many], plain: { what: "the function itself", run: () => leastSquares(w, 0.1, xs, ys) },
    },
    {
      label: "logistic regression, 100,000 rows × 10", program: "logistic", start: [w, 0.1, xs, ys], variables: ["w", "b"], data: [...flat(xs), ...ys],
      dimensions: [10, many], plain: { what: "the function itself", run: () => logistic(w, 0.1, xs, ys) },
    },
  ];
}

/** Value and gradient: our WebAssembly against our JavaScript, against JavaScript as it is written, and against C by hand. */
export function losses(compiled: Compiled | undefined): Table {
  return {
    name: `Value and gradient of losses over data (C: ${compiled ? compiled.compiler : "there is no compiler here, so it is left out"})`,
    rows: all().map((loss) => row(loss, compiled)),
  };
}

function row({ label, program, start, variables, data, dimensions, plain }: Loss, compiled: Compiled | undefined): Table["rows"][number] {
  const made = (["wasm", "javascript"] as const).map((backend) => read(program, program, start, variables, { backend }));
  const [wasm = NaN, javascript = NaN, written = NaN] = inTurn([
    ...made.map((objective) => gradientOf(objective)),
    (calls) => { let s = 0; for (let k = 0; k < calls; k++) s += plain.run(); return s; },
  ]);
  const [ours] = made;
  const c = ours && compiled ? compiled.run(program, ours.start, data, ours.dimension, dimensions) : undefined;
  if (ours && c) expectSame(ours, c.checksum, label);
  const bytes = data.length * 8;
  return {
    label,
    value: `${time(wasm)} (${(bytes / wasm).toFixed(1)} GB of data a second); ${ratio(wasm, javascript)} our JavaScript, ${ratio(wasm, written)} ${plain.what} (${time(written)})`
      + (c ? `, ${ratio(wasm, c.time)} C by hand (${time(c.time)})` : ""),
  };
}

function gradientOf(objective: Objective): (calls: number) => number {
  const [x, g] = [objective.start, new Float64Array(objective.dimension)];
  return (calls) => { let s = 0; for (let k = 0; k < calls; k++) s += objective.valueAndGradient(x, g); return s; };
}

/** What is compared must be the same thing. */
function expectSame(objective: Objective, checksum: number, label: string): void {
  const found = checksumOf(objective.gradient(objective.start));
  if (!(Math.abs(found - checksum) <= 1e-8 * Math.max(1, Math.abs(checksum)))) throw new Error(`${label}: the gradients differ, ${found} and ${checksum}.`);
}
