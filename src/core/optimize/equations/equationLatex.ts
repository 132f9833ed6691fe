import type { Term } from "./parseEquation";
import { symbolOf } from "./symbols";

/** What stands beside the second of two cases; it is the one word in these formulas. */
export const otherwise = "\\text{otherwise}";

/** How tightly a term holds together: a looser one within a tighter one needs brackets. */
const Hold = { comparison: 1, sum: 2, product: 3, power: 4, atom: 5 } as const;

interface Written {
  readonly latex: string;
  readonly hold: number;
}

const calls: Readonly<Record<string, (args: readonly string[]) => string>> = {
  sqrt: ([of = ""]) => `\\sqrt{${of}}`,
  abs: ([of = ""]) => `\\lvert ${of} \\rvert`,
  norm: ([of = ""]) => `\\lVert ${of} \\rVert`,
  sign: ([of = ""]) => `\\operatorname{sign}\\left(${of}\\right)`,
  max: (args) => `\\max\\left(${args.join(",\\, ")}\\right)`,
  min: (args) => `\\min\\left(${args.join(",\\, ")}\\right)`,
};

const comparisons: Readonly<Record<string, string>> = { "==": "=", ">": ">", "<": "<" };

export function equationLatex(term: Term): string {
  return written(term).latex;
}

function written(term: Term): Written {
  switch (term.kind) {
    case "number": return { latex: term.text, hold: Hold.atom };
    case "name": return { latex: symbolOf(term.name), hold: Hold.atom };
    case "negative": return { latex: `-${within(term.of, Hold.product)}`, hold: Hold.sum };
    case "transposed": return { latex: `${within(term.of, Hold.atom)}^{\\top}`, hold: Hold.power };
    case "cases": {
      const { yes, condition, no } = term;
      // A case within a case is one more of the same list.
      const rest = no.kind === "cases" ? caseLines(no) : [`${equationLatex(no)} & ${otherwise}`];
      return { latex: `\\begin{cases} ${[`${equationLatex(yes)} & ${equationLatex(condition)}`, ...rest].join(" \\\\ ")} \\end{cases}`, hold: Hold.atom };
    }
    case "call": return called(term.name, term.args);
    case "binary": return binary(term);
  }
}

function caseLines({ yes, condition, no }: Term & { kind: "cases" }): string[] {
  return [`${equationLatex(yes)} & ${equationLatex(condition)}`, ...(no.kind === "cases" ? caseLines(no) : [`${equationLatex(no)} & ${otherwise}`])];
}

function called(name: string, args: readonly Term[]): Written {
  const [first, second] = args;
  if (name === "inv" && first) return { latex: `${within(first, Hold.atom)}^{-1}`, hold: Hold.power };
  if (name === "dot" && first && second) return { latex: `${within(first, Hold.atom)}^{\\top} ${within(second, Hold.atom)}`, hold: Hold.product };
  const write = calls[name];
  if (!write) throw new Error(`Nobody knows how "${name}" is written.`);
  return { latex: write(args.map(equationLatex)), hold: Hold.atom };
}

function binary(term: Term & { kind: "binary" }): Written {
  const { operator, left, right } = term;
  switch (operator) {
    case "+": return { latex: `${within(left, Hold.sum)} + ${within(right, Hold.sum)}`, hold: Hold.sum };
    case "-": return { latex: `${within(left, Hold.sum)} - ${within(right, Hold.product)}`, hold: Hold.sum };
    case "^": return { latex: `${within(left, Hold.atom)}^{${equationLatex(right)}}`, hold: Hold.power };
    case "*":
    case "/": {
      const latex = product(term);
      return { latex, hold: latex.startsWith("-") ? Hold.sum : Hold.product };
    }
    default: return { latex: `${within(left, Hold.sum)} ${comparisons[operator] ?? operator} ${within(right, Hold.sum)}`, hold: Hold.comparison };
  }
}

/** A chain of products and quotients: what is divided is all since the quotient before, which keeps fractions together and few. */
function product(term: Term): string {
  const parts: { over: Term[]; under: Term[] }[] = [];
  const append = (factor: Term): void => {
    const last = parts.at(-1);
    if (last?.under.length === 0) last.over.push(factor);
    else parts.push({ over: [factor], under: [] });
  };
  const collect = (part: Term): void => {
    if (part.kind === "binary" && part.operator === "*") {
      collect(part.left);
      append(part.right);
    } else if (part.kind === "binary" && part.operator === "/") {
      collect(part.left);
      parts.at(-1)?.under.push(part.right);
    } else if (part.kind === "negative" && parts.length === 0) {
      sign = "-";
      collect(part.of);
    } else append(part);
  };
  let sign = "";
  collect(term);
  return sign + juxtaposed(parts.map(({ over, under }) => (under.length === 0 ? multiplied(over) : `\\frac{${side(over)}}{${side(under)}}`)));
}

/** Of a fraction: where one thing stands alone, it needs no brackets. */
function side(terms: readonly Term[]): string {
  const [only, ...others] = terms;
  return only && others.length === 0 ? equationLatex(only) : multiplied(terms);
}

function multiplied(terms: readonly Term[]): string {
  return juxtaposed(terms.map((term) => within(term, Hold.product)));
}

function juxtaposed(factors: readonly string[]): string {
  return factors.reduce((latex, factor) => `${latex}${/^\d/.test(factor) ? " \\cdot " : " \\, "}${factor}`);
}

function within(term: Term, least: number): string {
  const { latex, hold } = written(term);
  return hold >= least ? latex : `\\left(${latex}\\right)`;
}
