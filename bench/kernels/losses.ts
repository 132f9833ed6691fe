import type { Objective } from "../../src/core/index";
import { features, labels, mixtureArguments, networkArguments, vector } from "../engine/data";
import { type Side, inTurn, time } from "../engine/measure";
import { read } from "../engine/source";
import { beside, row } from "../peers/beside";
import { checksumOf, type Question } from "../peers/peer";
import type { Peers } from "../peers/peers";
import { gmm } from "../programs/gmm";
import { leastSquares } from "../programs/leastSquares";
import { logistic } from "../programs/logistic";
import { networkByHand } from "../programs/networkByHand";
import type { Table } from "../run";

interface Loss {
  readonly label: string;
  /** What ours should reach. */
  readonly wanted: string;
  readonly program: string;
  readonly start: unknown[];
  readonly variables: string[];
  /** Numbers behind the unknowns, and the sizes, as kernels.c wants them. */
  readonly data: readonly number[];
  readonly dimensions: readonly number[];
  /** In plain JavaScript; what it gives, in words. */
  readonly plain: { readonly what: string; readonly run: () => number };
  /** Whether to read the data takes longer than to compute with them. */
  readonly isReading?: boolean;
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
      label: "Network 784-100-10, batch 64", wanted: "0.08× of plain JavaScript loops, 1.6× of plain C and of PyTorch on one thread",
      program: "network", start: batch, variables: ["W1", "b1", "W2", "b2"], data: [...flat(batch[4]), ...batch[5]],
      dimensions: [784, 100, 10, 64], plain: { what: "plain JavaScript loops", run: networkByHand(batch) },
    },
    ...mixtures.map(({ d, start }): Loss => ({
      label: `Mixture of Gaussians, d${d} k25 n1000`, wanted: "1.5× of plain C, less than the function itself",
      program: "gmm", start, variables: ["alpha", "mu", "q", "l"], data: flat(start[4]),
      dimensions: [d, 25, 1000], plain: { what: "the function itself", run: () => gmm(...start) },
    })),
    {
      label: "Least squares, 100,000 rows × 10", wanted: "twice the time to read the data", isReading: true,
      program: "leastSquares", start: [w, 0.1, xs, ys], variables: ["w", "b"], data: [...flat(xs), ...ys],
      dimensions: [10, many], plain: { what: "the function itself", run: () => leastSquares(w, 0.1, xs, ys) },
    },
    {
      label: "Logistic regression, 100,000 rows × 10", wanted: "twice the time to read the data", isReading: true,
      program: "logistic", start: [w, 0.1, xs, ys], variables: ["w", "b"], data: [...flat(xs), ...ys],
      dimensions: [10, many], plain: { what: "the function itself", run: () => logistic(w, 0.1, xs, ys) },
    },
  ];
}

/** Value and gradient: our WebAssembly against our JavaScript, against JavaScript as it is written, and against all peers. */
export async function losses(peers: Peers): Promise<Table[]> {
  const tables: Table[] = [];
  for (const loss of all()) tables.push(await table(loss, peers));
  return tables;
}

async function table({ label, wanted, program, start, variables, data, dimensions, plain, isReading }: Loss, peers: Peers): Promise<Table> {
  const [objective, inJavaScript] = (["wasm", "javascript"] as const).map((backend) => read(program, program, start, variables, { backend }));
  if (!objective || !inJavaScript) throw new Error("There are two backends.");
  const ours = gradientOf(objective);
  const [wasm = NaN, javascript = NaN, written = NaN] = inTurn([
    ours, gradientOf(inJavaScript),
    (calls) => { let s = 0; for (let k = 0; k < calls; k++) s += plain.run(); return s; },
  ]);
  const question = peers.question(program, objective.start, data, objective.dimension, dimensions);
  return {
    name: `${label}: value and gradient in ${time(wasm)} (wanted: ${wanted})`,
    rows: [
      row("our JavaScript", javascript, wasm), row(plain.what, written, wasm),
      ...(await beside(peers, question, ours, checksumOf(objective.gradient(objective.start)))),
      ...(isReading ? await reading(peers, question, data.length, wasm) : []),
    ],
  };
}

function gradientOf(objective: Objective): Side {
  const [x, g] = [objective.start, new Float64Array(objective.dimension)];
  return (calls) => { let s = 0; for (let k = 0; k < calls; k++) s += objective.valueAndGradient(x, g); return s; };
}

/** How long it takes to read the data alone: who is there first adds them up, over and over, as ours reads them in each evaluation. */
async function reading(peers: Peers, question: Question, numbers: number, ours: number): Promise<Table["rows"]> {
  const megabytes = (numbers * 8) / 1e6;
  for (const peer of peers.present) {
    const found = await peer.ask({ ...question, program: "bandwidth", results: 0, dimensions: [numbers] });
    if (found) return [row(`reading the data: ${megabytes.toFixed(1)} MB added up by ${peer.label}, ${((numbers * 8) / found.time).toFixed(1)} GB/s`, found.time, ours)];
  }
  return [{ label: "reading the data", value: "there is nobody here to measure it" }];
}
