/**
 * Writes examples/digits/: pictures of digits in the format of MNIST's files (http://yann.lecun.com/exdb/mnist: big-endian sizes, then a byte a
 * pixel), so that the example has something to learn from without anybody's data. Ten glyphs of a 5 × 7 font, drawn large on 28 × 28, moved, slanted
 * and blurred, with noise; the same ones every time.
 *
 *   node scripts/digits.mjs [images] [folder]
 */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { root } from "./lib/paths.mjs";

const side = 28;
const seed = 6;
const glyphs = [
  ".###.#...##..###.#.###..##...#.###.", "..#...##....#....#....#....#...###.", ".###.#...#....#...#...#...#...#####", "#####...#...#.....#....##...#.###..",
  "...#...##..#.#.#..#.#####...#....#.", "######....####.....#....##...#.###.", "..##..#...#....####.#...##...#.###.", "#####....#...#...#...#....#....#...",
  ".###.#...##...#.###.#...##...#.###.", ".###.#...##...#.####....#...#..##..",
];

const random = generator(seed);
const between = (/** @type {number} */ from, /** @type {number} */ to) => from + (to - from) * random();

/** @param {number} digit */
function picture(digit) {
  const glyph = glyphs[digit] ?? "";
  const [width, height] = [between(2.4, 3.2), between(2.4, 3.1)];
  const [left, top, slant, ink] = [between(5, 10), between(3, 6), between(-0.15, 0.25), between(190, 255)];
  return Uint8Array.from({ length: side * side }, (_, i) => {
    const [x, y] = [i % side, Math.floor(i / side)];
    let covered = 0;
    for (const [dx, dy] of [[0.25, 0.25], [0.75, 0.25], [0.25, 0.75], [0.75, 0.75]]) {
      const row = Math.floor((y + (dy ?? 0) - top) / height);
      const column = Math.floor((x + (dx ?? 0) - left + slant * (y - side / 2)) / width);
      if (row >= 0 && row < 7 && column >= 0 && column < 5 && glyph[5 * row + column] === "#") covered += 0.25;
    }
    const noise = random() < 0.08 ? between(0, 90) : 0;
    return Math.min(255, Math.round(ink * covered + noise));
  });
}

/** @param {number} count @param {string} folder */
function write(count, folder) {
  mkdirSync(folder, { recursive: true });
  const labels = Uint8Array.from({ length: count }, () => Math.floor(10 * random()));
  const images = [...labels].map(picture);
  writeFileSync(path.join(folder, "train-images-idx3-ubyte"), idx([2051, count, side, side], images));
  writeFileSync(path.join(folder, "train-labels-idx1-ubyte"), idx([2049, count], [labels]));
}

/**
 * The numbers of the header, high byte first, then the bytes.
 * @param {number[]} header @param {Uint8Array[]} parts
 */
function idx(header, parts) {
  const file = new Uint8Array(4 * header.length + parts.reduce((sum, { length }) => sum + length, 0));
  header.forEach((number, k) => new DataView(file.buffer).setUint32(4 * k, number));
  let at = 4 * header.length;
  for (const part of parts) {
    file.set(part, at);
    at += part.length;
  }
  return file;
}

/** mulberry32 @param {number} state */
function generator(state) {
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const [count = "320", folder = path.join(root, "examples/digits")] = process.argv.slice(2);
write(Number(count), folder);
