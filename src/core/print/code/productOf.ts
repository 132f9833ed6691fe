import type { Expression } from "../../ir/types";
import { call, negate, number, type Written } from "../written";
import { keyOf } from "./factorCommon";

/** A product taken apart: number · above / below. */
interface Product {
  factor: number;
  /** The number as the user typed it, while it is the only one. */
  text: string | undefined;
  readonly above: Written[];
  readonly below: Written[];
}

/** A product or quotient over one bar, numbers first, with what stands above and below the bar taken away from both. */
export function productOf(expression: Expression, write: (e: Expression) => Written, constant: (value: number, text: string | undefined) => Written): Written {
  const product: Product = { factor: 1, text: undefined, above: [], below: [] };
  gather(expression, false, product, write);
  cancel(product);
  const negative = product.factor < 0 || Object.is(product.factor, -0);
  const size = Math.abs(product.factor);
  const [top, bottom] = asFraction(size);
  const above = [...(top !== 1 || product.above.length === 0 ? [constant(top, top === size ? product.text : undefined)] : []), ...product.above];
  const below = [...(bottom !== 1 ? [number(String(bottom))] : []), ...product.below];
  const numerator = chain(above);
  const whole = below.length > 0 ? call("divide", [numerator, chain(below)]) : numerator;
  return negative ? negate(whole) : whole;
}

function gather(e: Expression, down: boolean, into: Product, write: (e: Expression) => Written): void {
  const [a, b] = e.kind === "call" ? e.args : [];
  if (e.kind === "call" && e.primitive === "multiply" && a && b) {
    gather(a, down, into, write);
    gather(b, down, into, write);
  } else if (e.kind === "call" && e.primitive === "divide" && a && b) {
    gather(a, down, into, write);
    gather(b, !down, into, write);
  } else if (e.kind === "call" && e.primitive === "negate" && a) {
    into.factor = -into.factor;
    gather(a, down, into, write);
  } else if (e.kind === "constant" && e.type === "f64" && Number.isFinite(e.value) && e.value !== 0 && isPlain(e.value)) {
    into.text = into.factor === 1 && !down ? e.text : undefined;
    into.factor = down ? into.factor / e.value : into.factor * e.value;
  } else place(write(e), down, into);
}

/** Numbers with names (π, √2) keep them. */
const isPlain = (value: number): boolean => ![Math.PI, 2 * Math.PI, Math.E, Math.LN2, Math.LN10, Math.SQRT2, Math.SQRT1_2, 2 / Math.sqrt(Math.PI)].includes(Math.abs(value));

/** What is written as a quotient itself (a sigmoid) goes on either side of the one bar. */
function place(written: Written, down: boolean, into: Product): void {
  if (written.kind === "call" && written.primitive === "divide" && written.args[0] && written.args[1]) {
    place(written.args[0], down, into);
    place(written.args[1], !down, into);
  } else if (written.kind === "call" && written.primitive === "multiply") {
    for (const arg of written.args) place(arg, down, into);
  } else if (!(written.kind === "number" && written.text === "1")) (down ? into.below : into.above).push(written);
}

function cancel({ above, below }: Product): void {
  for (let i = 0; i < above.length; i++) {
    const key = keyOf(above[i] ?? number("1"));
    const j = below.findIndex((other) => keyOf(other) === key);
    if (j < 0) continue;
    above.splice(i--, 1);
    below.splice(j, 1);
  }
}

/** 0.1818… as 2/11, where that is the very number and the decimals are long. */
function asFraction(value: number): readonly [number, number] {
  if (String(value).length <= 6) return [value, 1];
  for (let q = 2; q <= 4096; q++) {
    const p = Math.round(value * q);
    if (p > 0 && p < 1000 && p / q === value) return [p, q];
  }
  return [value, 1];
}

const chain = (factors: readonly Written[]): Written => factors.reduce((product, factor) => call("multiply", [product, factor]));
