import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "../../scripts/lib/paths.mjs";
import { type DataFile, type Objective, compile, readProgram } from "../../src/core/index";
import { Descent } from "../../src/core/optimize/descent";
import { inTurn, milliseconds, ratio, time } from "../engine/measure";
import { textOf } from "../engine/source";
import { beside } from "../peers/beside";
import { checksumOf } from "../peers/peer";
import type { Peers } from "../peers/peers";
import type { Table } from "../run";

const program = "examples/digits.ts";
const batch = { dataset: "images", size: 64, seed: 1 };
const learningRate = 0.5;
/** What is projected to. */
const full = { rows: 60_000, epochs: 10 };
const steps = full.epochs * Math.ceil(full.rows / batch.size);
/** The example's own pictures so many times over. */
const times = 12;

/**
 * The example that learns digits from files in MNIST's format: the time of a step by a minibatch as the panel takes it, with all that belongs to it
 * (rows chosen, the method's update, what is recorded), and of a look at the whole, which it takes before the first epoch and after each.
 */
export async function epochs(peers: Peers): Promise<Table> {
  const [images, labels] = (["images-idx3", "labels-idx1"] as const).map((name) => repeated(new Uint8Array(readFileSync(path.join(root, `examples/digits/train-${name}-ubyte`))), name === "images-idx3" ? 16 : 8));
  if (!images || !labels) throw new Error("There are two files.");
  const readFile = (name: string): DataFile => ({ bytes: name.includes("images") ? images : labels });
  let objective = compiled(readFile);
  const reading = milliseconds(() => { objective = compiled(readFile); return 0; });
  const rows = labels.length - 8;
  const dimension = objective.dimension;
  const gradient = new Float64Array(dimension);

  const descent = new Descent(objective, { method: "gd", learningRate, maxIterations: 100_000_000, batch, keep: 20, stop: {} });
  const oneStep = (calls: number): number => { descent.advance(calls); return descent.iterations; };
  // Looks fall into some of the rounds only, and the median is of one without.
  const [step = NaN, look = NaN] = inTurn([oneStep, (calls) => { let s = 0; for (let k = 0; k < calls; k++) s += objective.valueAndGradient(objective.start, gradient); return s; }]);
  const looks = (full.epochs + 1) * look * (full.rows / rows);

  const first = objective.minibatch?.("images", batch.size).objective.gradient(objective.start) ?? gradient;
  const question = peers.question("training", objective.start, [...Array.from(images.subarray(16), (byte) => byte / 255), ...labels.subarray(8)], dimension, [784, 100, 10, rows, batch.size]);
  const trainers = peers.present.filter(({ label }) => label.startsWith("PyTorch"));
  const found = await beside({ present: trainers }, question, oneStep, checksumOf(objective.start.map((x, i) => x - learningRate * (first[i] ?? NaN))), (label, theirs, ours) => ({
    label, value: `${time(theirs).padStart(9)}   ${ratio(ours, theirs).padStart(6)}   ${seconds(steps * theirs)} for ${steps.toLocaleString("en")} steps`,
  }));
  const nobody = found.length > 0 ? [] : [{ label: "PyTorch", value: "left out: it is not here" }];
  return {
    name: `Network 784-100-10 learning digits from files (${program}, ${rows.toLocaleString("en")} pictures), a step over ${batch.size} rows in ${time(step)}`,
    rows: [
      { label: `ten epochs of ${full.rows.toLocaleString("en")} rows, projected`, value: `${seconds(steps * step + looks)}: ${seconds(steps * step)} for ${steps.toLocaleString("en")} steps, ${seconds(looks)} for ${full.epochs + 1} looks at the whole (${time(look)} for ${rows.toLocaleString("en")} rows)` },
      { label: "reading program and files", value: `${reading.toFixed(0)} ms` },
      ...found, ...nobody,
    ],
  };
}

function compiled(readFile: (name: string) => DataFile): Objective {
  return compile(readProgram({ text: textOf(program), language: "typescript", uri: pathToFileURL(path.join(root, program)).href, readFile }), "crossEntropy");
}

const seconds = (nanoseconds: number): string => `${(nanoseconds / 1e9).toFixed(1)} s`;

/** The same file with its rows so many times over, and their number in the header. */
function repeated(file: Uint8Array, header: number): Uint8Array {
  const body = file.subarray(header);
  const longer = new Uint8Array(header + times * body.length);
  longer.set(file.subarray(0, header));
  for (let k = 0; k < times; k++) longer.set(body, header + k * body.length);
  const count = new DataView(longer.buffer);
  count.setUint32(4, times * count.getUint32(4));
  return longer;
}
