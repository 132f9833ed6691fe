import { readFileSync } from "node:fs";

const [, , file, milliseconds, ...dimensions] = process.argv;

/**
 * What a library of tensors takes for value and gradient: `prepare` gets the numbers of the file and the sizes, and returns what gives the value and
 * the parts of the gradient, as numbers in JavaScript. Prints {"time": nanoseconds a call, "value", "checksum"}.
 */
export function answer(prepare) {
  const numbers = new Float64Array(new Uint8Array(readFileSync(file)).buffer);
  let at = 0;
  const run = prepare((length) => numbers.slice(at, (at += length)), dimensions.map(Number));
  const { value, gradient } = run();
  let checksum = 0, k = 0;
  for (const part of gradient) for (const each of part) checksum += each * ((k++ % 7) + 1);
  console.log(JSON.stringify({ time: measured(run), value, checksum }));
}

/** The median over rounds, when V8 has seen some. */
function measured(run) {
  const times = [];
  const begin = performance.now();
  for (let warm = 0; warm < 3 || performance.now() - begin < Number(milliseconds) / 2; warm++) run();
  while (times.length < 7 || performance.now() - begin < 1.5 * Number(milliseconds)) {
    const start = performance.now();
    run();
    times.push((performance.now() - start) * 1e6);
  }
  return times.sort((a, b) => a - b)[times.length >> 1];
}
