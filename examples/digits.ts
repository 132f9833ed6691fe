// A network learns to read digits. The pictures beside this file are made up (scripts/digits.mjs), in the format of MNIST's files:
// put the real ones in their place, and it learns those. In the panel: Minibatches of "images", 64 rows a step, a learning rate of 0.5.

import { readFileSync } from "node:fs";

const images = readImages("./digits/train-images-idx3-ubyte");
const labels = readLabels("./digits/train-labels-idx1-ubyte");

/** The file's header is big-endian; then comes a byte a pixel. */
function readImages(path: string): Float64Array[] {
  const file = readFileSync(new URL(path, import.meta.url));
  const view = new DataView(file.buffer, file.byteOffset);
  if (view.getUint32(0) !== 2051) throw new Error(`There are no images in ${path}.`);
  const count = view.getUint32(4);
  const pixels = view.getUint32(8) * view.getUint32(12);
  return Array.from({ length: count }, (_, n) => Float64Array.from(file.subarray(16 + n * pixels, 16 + (n + 1) * pixels), (byte) => byte / 255));
}

function readLabels(path: string): number[] {
  const file = readFileSync(new URL(path, import.meta.url));
  const view = new DataView(file.buffer, file.byteOffset);
  if (view.getUint32(0) !== 2049) throw new Error(`There are no labels in ${path}.`);
  return Array.from(file.subarray(8));
}

const pixels = images[0].length;
const hidden = 100;
const classes = 10;

/** Small numbers to start from: a row of weights a unit, so that the sums it makes are about 1 in size. */
function drawn(units: number, inputs: number): number[][] {
  const width = 2 / Math.sqrt(inputs);
  return Array.from({ length: units }, () => Array.from({ length: inputs }, () => width * (Math.random() - 0.5)));
}

const hiddenStart = drawn(hidden, pixels);
const outputStart = drawn(classes, hidden);

/** Cross-entropy of a sigmoid layer and a softmax layer, averaged over the pictures. */
export function crossEntropy(W1 = hiddenStart, b1 = new Array<number>(hidden).fill(0), W2 = outputStart, b2 = new Array<number>(classes).fill(0)): number {
  let total = 0;
  for (let n = 0; n < images.length; n++) {
    const h: number[] = [];
    for (let j = 0; j < hidden; j++) {
      let s = b1[j];
      for (let i = 0; i < pixels; i++) s += W1[j][i] * images[n][i];
      h.push(1 / (1 + Math.exp(-s)));
    }
    const z: number[] = [];
    let largest = -Infinity;
    for (let k = 0; k < classes; k++) {
      let s = b2[k];
      for (let j = 0; j < hidden; j++) s += W2[k][j] * h[j];
      z.push(s);
      if (s > largest) largest = s;
    }
    let sum = 0;
    for (let k = 0; k < classes; k++) sum += Math.exp(z[k] - largest);
    total += Math.log(sum) + largest - z[labels[n]];
  }
  return total / images.length;
}
