import type { PrimitiveName } from "../ir/types";
import { printLatex } from "../print/latex";
import { call, type Written } from "../print/written";

const opposites: Partial<Record<PrimitiveName, PrimitiveName>> = {
  equal: "notEqual", notEqual: "equal", less: "greaterEqual", greaterEqual: "less", greater: "lessEqual", lessEqual: "greater",
  equalInt: "notEqualInt", notEqualInt: "equalInt", lessInt: "greaterEqualInt", greaterEqualInt: "lessInt", greaterInt: "lessEqualInt", lessEqualInt: "greaterInt",
};

/** What holds, all of it, where a condition does not; undefined where that is no list of conditions. */
export function denied(condition: Written): readonly Written[] | undefined {
  if (condition.kind !== "call") return undefined;
  const { primitive, args } = condition;
  if (primitive === "not") return args;
  if (primitive === "or") {
    const parts = args.map(denied);
    return parts.every((part) => part !== undefined) ? parts.flat() : undefined;
  }
  const opposite = opposites[primitive];
  return opposite && [call(opposite, args)];
}

/** The lines below a Σ that say which terms are meant: i ∉ {1, 3}. */
export function linesBelow(conditions: readonly Written[]): string[] {
  const lines = new Map<string, { readonly of: string; readonly sign: "\\in" | "\\notin"; readonly numbers: string[] } | string>();
  for (const condition of conditions.flatMap((one) => (one.kind === "call" && one.primitive === "and" ? one.args : [one]))) {
    const among = equalities(condition);
    const one = among ? undefined : comparedWith(condition, "notEqual");
    const of = (among?.[0] ?? one)?.of;
    const known = of === undefined ? undefined : lines.get(of);
    if (of !== undefined && among && among.length > 1 && among.every((other) => other.of === of)) lines.set(of, { of, sign: "\\in", numbers: among.map(({ number }) => number) });
    else if (one && known !== undefined && typeof known !== "string" && known.sign === "\\notin") known.numbers.push(one.number);
    else if (one) lines.set(one.of, { of: one.of, sign: "\\notin", numbers: [one.number] });
    else lines.set(`${lines.size}`, printLatex(numberLast(condition)));
  }
  return [...lines.values()].map((line) => {
    if (typeof line === "string") return line;
    const [only, ...others] = line.numbers;
    return others.length === 0 ? `${line.of} \\ne ${only ?? ""}` : `${line.of} ${line.sign} \\{${[...line.numbers].sort((a, b) => Number(a) - Number(b)).join(", ")}\\}`;
  });
}

interface Compared {
  readonly of: string;
  readonly number: string;
}

function equalities(condition: Written): readonly Compared[] | undefined {
  if (condition.kind === "call" && condition.primitive === "or") {
    const parts = condition.args.map(equalities);
    return parts.every((part) => part !== undefined) ? parts.flat() : undefined;
  }
  const one = comparedWith(condition, "equal");
  return one && [one];
}

function comparedWith(condition: Written, primitive: "equal" | "notEqual"): Compared | undefined {
  const last = numberLast(condition);
  const [of, number] = last.kind === "call" && last.primitive.replace(/Int$/, "") === primitive ? last.args : [];
  return of && number?.kind === "number" ? { of: printLatex(of), number: number.text } : undefined;
}

/** j ≠ 0 rather than 0 ≠ j. */
function numberLast(condition: Written): Written {
  if (condition.kind !== "call" || !/^(?:equal|notEqual)(?:Int)?$/.test(condition.primitive)) return condition;
  const [a, b] = condition.args;
  return a?.kind === "number" && b ? call(condition.primitive, [b, a]) : condition;
}
