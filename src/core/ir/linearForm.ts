import { call, int } from "./build";
import { sameExpression } from "./same";
import type { Expression, Local } from "./types";

/** A whole number as `constant` + Σ factor · atom, an atom being what adding and multiplying do not take apart. */
export interface LinearForm {
  readonly constant: number;
  readonly terms: readonly Term[];
}

export interface Term {
  readonly atom: Expression;
  readonly factor: number;
}

/** `of`: the forms of locals that are known to be one. */
export function linearForm(e: Expression, of: (local: Local) => LinearForm | undefined): LinearForm {
  if (e.kind === "constant") return { constant: e.value, terms: [] };
  if (e.kind === "read") return of(e.local) ?? atomic(e);
  if (e.kind !== "call") return atomic(e);
  const [a, b] = e.args.map((arg) => linearForm(arg, of));
  if (!a || !b) return atomic(e);
  switch (e.primitive) {
    case "addInt": return plus(a, b, 1);
    case "subtractInt": return plus(a, b, -1);
    case "multiplyInt": return a.terms.length === 0 ? times(b, a.constant) : b.terms.length === 0 ? times(a, b.constant) : atomic(e);
    default: return atomic(e);
  }
}

/** The expression that a form is of. */
export function linearExpression({ constant, terms }: LinearForm): Expression {
  const product = ({ atom, factor }: Term): Expression => (Math.abs(factor) === 1 ? atom : call("multiplyInt", [atom, int(Math.abs(factor))]));
  const [added, subtracted] = [terms.filter(({ factor }) => factor > 0).map(product), terms.filter(({ factor }) => factor < 0).map(product)];
  if (constant > 0 || added.length === 0) added.push(int(constant));
  else if (constant < 0) subtracted.push(int(-constant));
  const sum = added.reduce((a, b) => call("addInt", [a, b]));
  return subtracted.reduce((a, b) => call("subtractInt", [a, b]), sum);
}

const atomic = (atom: Expression): LinearForm => ({ constant: 0, terms: [{ atom, factor: 1 }] });

export function times({ constant, terms }: LinearForm, by: number): LinearForm {
  return { constant: constant * by, terms: by === 0 ? [] : terms.map(({ atom, factor }) => ({ atom, factor: factor * by })) };
}

export function plus(a: LinearForm, b: LinearForm, sign: 1 | -1): LinearForm {
  const terms = [...a.terms];
  for (const { atom, factor } of times(b, sign).terms) {
    const k = terms.findIndex((term) => sameExpression(term.atom, atom));
    const found = terms[k];
    if (!found) terms.push({ atom, factor });
    else if (found.factor + factor === 0) terms.splice(k, 1);
    else terms[k] = { atom, factor: found.factor + factor };
  }
  return { constant: a.constant + sign * b.constant, terms };
}
