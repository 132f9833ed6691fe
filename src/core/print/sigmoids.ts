import { call, name as reference, negate, number, sameWritten, type Written } from "./written";

interface Named {
  readonly entries: readonly Written[];
  readonly definitions: readonly { readonly name: string; readonly value: Written }[];
}

/** 1 + e^(…), with the exponential in it and its exponent without a minus. */
interface Logistic {
  readonly below: Written;
  readonly exponential: Written;
  readonly argument: Written;
  readonly isNegated: boolean;
}

/**
 * Every 1/(1 + e^(−u)) as s, and with it what its derivatives consist of: e^(−u)/(1 + e^(−u))² is s (1 − s). What occurs
 * only once stays as it is.
 */
export function sigmoids(entries: readonly Written[], nameOne: (meaning: Written) => string): Named {
  const found: { logistic: Logistic; count: number }[] = [];
  const visit = (written: Written): void => {
    if (written.kind === "call" && written.primitive === "divide") {
      for (const { base } of powersIn(written.args[1])) {
        const logistic = logisticOf(base);
        const known = logistic && found.find((other) => sameWritten(other.logistic.below, logistic.below));
        if (known) known.count++;
        else if (logistic) found.push({ logistic, count: 1 });
      }
    }
    if (written.kind === "call") written.args.forEach(visit);
  };
  entries.forEach(visit);
  const definitions: { name: string; value: Written }[] = [];
  let named = entries;
  const done: { argument: Written; name: string }[] = [];
  // 1/(1 + e^(−u)) before 1/(1 + e^u), which is 1 − s where there is an s.
  const ordered = [...found].sort((a, b) => Number(b.logistic.isNegated) - Number(a.logistic.isNegated));
  for (const { logistic, count } of ordered) {
    const known = done.find(({ argument }) => sameWritten(argument, logistic.argument));
    if (!known && count < 2) continue;
    const value = call("divide", [number("1"), logistic.below]);
    const name = known?.name ?? nameOne(value);
    if (!known) {
      done.push({ argument: logistic.argument, name });
      definitions.push({ name, value });
    }
    const s = reference(name);
    const rest = call("subtract", [number("1"), s]);
    named = named.map((entry) => replaced(entry, logistic, known ? [rest, s] : [s, rest]));
  }
  return { entries: named, definitions };
}

function logisticOf(written: Written): Logistic | undefined {
  if (written.kind !== "call" || written.primitive !== "add") return undefined;
  const [a, b] = written.args;
  const [one, exponential] = isOne(a) ? [a, b] : [b, a];
  if (!isOne(one) || exponential?.kind !== "call" || exponential.primitive !== "exp" || !exponential.args[0]) return undefined;
  const [power] = exponential.args;
  const negated = power.kind === "call" && power.primitive === "negate" ? power.args[0] : undefined;
  return { below: written, exponential, argument: negated ?? power, isNegated: negated !== undefined };
}

const isOne = (written: Written | undefined): boolean => written?.kind === "number" && written.text === "1";

interface Power {
  base: Written;
  times: number;
}

/** The factors of a product, with whole powers counted. */
function powersIn(written: Written | undefined): Power[] {
  if (!written) return [];
  if (written.kind === "call" && written.primitive === "multiply") return written.args.flatMap(powersIn);
  const [base, exponent] = written.kind === "call" && written.primitive === "power" ? written.args : [];
  if (base && exponent?.kind === "number" && /^\d+$/.test(exponent.text)) return [{ base, times: Number(exponent.text) }];
  return [{ base: written, times: 1 }];
}

/** 1/(1 + E) as the first of the two, E/(1 + E) as the second. */
function replaced(written: Written, logistic: Logistic, [whole, rest]: readonly [Written, Written]): Written {
  const inner = (part: Written): Written => replaced(part, logistic, [whole, rest]);
  if (written.kind === "cases") {
    return { kind: "cases", branches: written.branches.map(({ condition, value }) => ({ condition: inner(condition), value: inner(value) })), otherwise: inner(written.otherwise) };
  }
  if (written.kind !== "call") return written;
  const [above, below] = written.args;
  if (written.primitive === "log" && logistic.isNegated && above && sameWritten(above, logistic.below)) return negate(call("log", [whole]));
  if (written.primitive !== "divide" || !above || !below) return call(written.primitive, written.args.map(inner));
  const under = powersIn(below);
  const bar = under.find(({ base }) => sameWritten(base, logistic.below));
  if (!bar) return call("divide", [inner(above), inner(below)]);
  const over = powersIn(above).filter(({ base }) => !isOne(base));
  const exponentials = over.find(({ base }) => sameWritten(base, logistic.exponential));
  const together = Math.min(exponentials?.times ?? 0, bar.times);
  const left = over.flatMap((factor) => (factor === exponentials ? [{ ...factor, times: factor.times - together }] : [factor]));
  const factors = [...left, { base: whole, times: bar.times - together }, { base: rest, times: together }];
  const numerator = productOf(inOrder(factors, rest).map(({ base, times }) => ({ base: base === whole || base === rest ? base : inner(base), times })));
  const others = under.filter((factor) => factor !== bar);
  return others.length === 0 ? numerator : call("divide", [numerator, productOf(others.map(({ base, times }) => ({ base: inner(base), times })))]);
}

/** 2 x s (1 − s) (s − y): numbers, names, then what belongs to s, then the rest. */
function inOrder(factors: readonly Power[], rest: Written): Power[] {
  const rank = ({ base }: Power): number => (base.kind === "number" ? 0 : base.kind === "name" ? 1 : base === rest ? 2 : 3);
  return [...factors].sort((a, b) => rank(a) - rank(b));
}

function productOf(factors: readonly Power[]): Written {
  const powers = factors.filter(({ times }) => times > 0).map(({ base, times }) => (times === 1 ? base : call("power", [base, number(String(times))])));
  return powers.length === 0 ? number("1") : powers.reduce((product, factor) => call("multiply", [product, factor]));
}
