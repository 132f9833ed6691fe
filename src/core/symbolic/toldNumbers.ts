import { call, float } from "../ir/build";
import type { Expression } from "../ir/types";

/** A number shorter than this is told well enough by its digits. */
const fewestDigits = 14;
const mostBelow = 1000;
const mostUnder = 200;

const whole = (value: number): Expression => float(value, undefined, String(value));
const pi = (): Expression => float(Math.PI);
const piTimes = (k: number): Expression => (k === 1 ? pi() : call("multiply", [whole(k), pi()]));

/**
 * A number that was computed before the formula was made, as a person would write it: √(2π), 1/3 and 6.02 rather than all of
 * their digits. Only what comes out the same but for the last bits; undefined for other numbers.
 */
export function tellNumber(value: number): Expression | undefined {
  if (!Number.isFinite(value) || String(Math.abs(value)).length < fewestDigits) return undefined;
  if (value < 0) {
    const positive = tellNumber(-value);
    return positive && call("negate", [positive]);
  }
  return root(value) ?? logarithm(value) ?? halves(value) ?? fraction(value) ?? reciprocal(value) ?? rounded(value);
}

function root(value: number): Expression | undefined {
  const square = value * value;
  const under = Math.round(square);
  if (under > 1 && under <= mostBelow && Math.sqrt(under) === value) return call("sqrt", [whole(under)]);
  const times = Math.round(square / Math.PI);
  return times >= 1 && times <= mostUnder && Math.sqrt(times * Math.PI) === value ? call("sqrt", [piTimes(times)]) : undefined;
}

function logarithm(value: number): Expression | undefined {
  for (const [factor, scaled] of [[1, value], [2, 2 * value]] as const) {
    const of = Math.exp(scaled);
    const [k, multiple] = [Math.round(of), Math.round(of / Math.PI)];
    const inside = k > 1 && k <= mostBelow && Math.log(k) === scaled ? whole(k) : multiple >= 1 && multiple <= mostUnder && Math.log(multiple * Math.PI) === scaled ? piTimes(multiple) : undefined;
    if (inside) return factor === 1 ? call("log", [inside]) : call("multiply", [float(0.5, undefined, "0.5"), call("log", [inside])]);
  }
  return undefined;
}

/** Of a normal density, so many halves of ln 2π. */
function halves(value: number): Expression | undefined {
  const many = Math.round(2 * value / Math.log(2 * Math.PI));
  if (many < 3 || many > mostBelow || Math.abs(many / 2 * Math.log(2 * Math.PI) - value) > 4 * Number.EPSILON * value) return undefined;
  return call("multiply", [many % 2 === 0 ? whole(many / 2) : call("divide", [whole(many), whole(2)]), call("log", [piTimes(2)])]);
}

function fraction(value: number): Expression | undefined {
  for (let below = 3; below <= mostBelow; below++) {
    const above = Math.round(value * below);
    if (above >= 1 && above <= mostBelow && above / below === value) return call("divide", [whole(above), whole(below)]);
  }
  return undefined;
}

function reciprocal(value: number): Expression | undefined {
  const below = root(1 / value);
  return below && 1 / Math.sqrt(Math.round((1 / value) ** 2)) === value ? call("divide", [whole(1), below]) : reciprocalOfPi(value);
}

/** 6.02, where adding up has left 6.0200000000000005. */
function rounded(value: number): Expression | undefined {
  const text = String(Number(value.toPrecision(14)));
  const isNear = Math.abs(Number(text) - value) <= 4 * Number.EPSILON * value;
  return isNear && text.length <= String(value).length - 5 ? float(Number(text), undefined, text) : undefined;
}

function reciprocalOfPi(value: number): Expression | undefined {
  const times = Math.round(1 / (value * value * Math.PI));
  if (times >= 1 && times <= mostUnder && 1 / Math.sqrt(times * Math.PI) === value) return call("divide", [whole(1), call("sqrt", [piTimes(times)])]);
  const turns = Math.round(1 / (value * Math.PI));
  return turns >= 1 && turns <= mostUnder && 1 / (turns * Math.PI) === value ? call("divide", [whole(1), piTimes(turns)]) : undefined;
}
