import type { PrimitiveName } from "../ir/types";
import { type Notation, precedence } from "../rules/notation";
import { ruleOf } from "../rules/ruleOf";
import { latexName } from "./names";
import { call, negate, number, sameWritten, type Written, type WrittenCall, type WrittenSum } from "./written";

interface Piece {
  text: string;
  strength: number;
  /** Higher than a line: brackets around it must grow. */
  tall?: boolean;
  /** Ends in a bare argument (sin x), which swallows what follows. */
  open?: boolean;
  /** Ends in cases, which nothing closes on the right: what follows would seem to belong to the last of them. */
  trailing?: boolean;
  /** Begins with a digit: a dot must part it from a number before it. */
  digit?: boolean;
  /** Begins with a function's name, which may follow an open argument. */
  named?: boolean;
}

const { sum, product, unary, power, atom } = precedence;

/** For KaTeX: products without dots, fractions, roots, sin² x, e^x. */
export function printLatex(written: Written): string {
  return print(written, false).text;
}

/** What is written never changes, and derivatives mention the same parts over and over. */
const known = { small: new WeakMap<Written, Piece>(), large: new WeakMap<Written, Piece>() };

/** `small`: in an exponent, where fractions lie on one line. */
function print(written: Written, small: boolean): Piece {
  const pieces = small ? known.small : known.large;
  const found = pieces.get(written);
  if (found) return found;
  const piece = spell(written, small);
  pieces.set(written, piece);
  return piece;
}

function spell(written: Written, small: boolean): Piece {
  switch (written.kind) {
    case "number": return numberPiece(written.text);
    case "name": return { text: latexName(written.path), strength: atom };
    case "constant": return { text: written.name === "pi" ? "\\pi" : "e", strength: atom };
    case "cases": return cases(written);
    case "call": return printCall(written, small);
    case "spelt": return { text: written.texts.latex, strength: atom };
    case "sum": return summation(written, small);
  }
}

function numberPiece(text: string): Piece {
  const [mantissa = text, exponent] = text.toLowerCase().split("e");
  if (exponent === undefined) return { text, strength: atom, digit: true };
  const ten = `10^{${Number(exponent)}}`;
  return mantissa === "1" ? { text: ten, strength: power, digit: true } : { text: `${mantissa} \\cdot ${ten}`, strength: product, digit: true };
}

function cases(written: Extract<Written, { kind: "cases" }>): Piece {
  const rows = written.branches.map(({ condition, value }) => `${print(value, false).text} & ${print(condition, false).text}`);
  rows.push(`${print(written.otherwise, false).text} & \\text{otherwise}`);
  return { text: `\\begin{cases} ${rows.join(" \\\\ ")} \\end{cases}`, strength: atom, tall: true, trailing: true };
}

/** Reaches to the next + or −, and swallows what stands after it in a product. */
function summation({ around, body }: WrittenSum, small: boolean): Piece {
  const inside = print(body, small);
  return { text: `${around.latex} ${inside.text.startsWith("-") ? brackets(inside) : bracketed(inside, product)}`, strength: product, tall: true, open: true };
}

type Spelling = (args: readonly Written[], small: boolean) => Piece | undefined;

const one = (spell: (of: Written, small: boolean) => Piece | undefined): Spelling => ([of], small) => of && spell(of, small);
const two = (spell: (a: Written, b: Written, small: boolean) => Piece): Spelling => ([a, b], small) => a && b && spell(a, b, small);
const between = (open: string, close: string): Spelling => one((of, small) => ({ text: delimited(open, close, print(of, small)), strength: atom }));
const root = (sign: string): Spelling => one((of, small) => ({ text: `${sign}{${print(of, small).text}}`, strength: atom, tall: !small }));

/** What paper writes in a way of its own; everything else goes by the rule table. */
const spellings: Partial<Record<PrimitiveName, Spelling>> = {
  negate: one(negation), exp: one(exponential), sqrt: root("\\sqrt"), cbrt: root("\\sqrt[3]"), hypot: norm,
  abs: between("|", "|"), floor: between("\\lfloor ", " \\rfloor"), ceil: between("\\lceil ", " \\rceil"), gamma: one(factorial),
  add: two((a, b, small) => addition(a, b, "+", small)), subtract: two((a, b, small) => addition(a, b, "-", small)),
  multiply: multiplication, divide: two(division), power: two(exponentiation),
};

function printCall({ primitive, args }: WrittenCall, small: boolean): Piece {
  return spellings[primitive]?.(args, small) ?? byNotation(primitive, ruleOf(primitive).names.latex, args, small);
}

/** Γ(n + 1) was written n!. */
function factorial(of: Written, small: boolean): Piece | undefined {
  if (of.kind !== "call" || of.primitive !== "add") return undefined;
  const [n, next] = of.args;
  if (!n || next?.kind !== "number" || next.text !== "1") return undefined;
  const piece = print(n, small);
  // sin x! would be the sine of x!.
  return { text: `${piece.open ? brackets(piece) : bracketed(piece, atom)}!`, strength: power };
}

function negation(of: Written, small: boolean): Piece {
  const inner = print(of, small);
  const text = inner.text.startsWith("-") || isRemainder(of) ? brackets(inner) : bracketed(inner, product);
  return { ...inner, text: `-${text}`, strength: unary, digit: false, named: false };
}

function addition(a: Written, b: Written, sign: string, small: boolean): Piece {
  const [left, right] = [print(a, small), print(b, small)];
  const second = right.text.startsWith("-") || (sign === "-" && right.strength <= sum) || right.strength < sum ? brackets(right) : right.text;
  const first = left.trailing ? brackets(left) : bracketed(left, sum);
  return { text: `${first} ${sign} ${second}`, strength: sum, tall: left.tall === true || right.tall === true, trailing: right.trailing === true && second === right.text };
}

/** A product of any length: what may stand side by side does, the rest is parted by a dot. */
function multiplication(args: readonly Written[], small: boolean): Piece {
  const factors = squares(args.flatMap((arg, i) => (i === 0 || !beginsWithNumber(arg) ? factorsOf(arg) : [arg])));
  const [only] = factors;
  if (only && factors.length === 1) return print(only, small);
  const pieces = factors.map((factor) => print(factor, small));
  let text = "";
  let before: Piece | undefined;
  factors.forEach((factor, i) => {
    const piece = pieces[i];
    if (!piece) return;
    const next = pieces[i + 1];
    const isSum = factor.kind === "sum";
    const isProduct = isSum ? next !== undefined : piece.strength === product && i > 0;
    const shown: Piece = piece.strength < product || isProduct || (isRemainder(factor) && factors.length > 1) || (piece.trailing === true && next !== undefined) || (i > 0 && piece.text.startsWith("-")) ? { text: brackets(piece), strength: atom } : piece;
    // sin x y would be read as the sine of x y; sin x cos y is not.
    const swallows = shown.open === true && next !== undefined && next.named !== true;
    const closed = swallows && factor.kind === "call" ? closedApplication(factor, piece, small) : shown;
    text += before ? joint(before, closed) + closed.text : closed.text;
    before = closed;
  });
  const [first] = pieces;
  return {
    text, strength: product, tall: pieces.some((piece) => piece.tall === true), open: before?.open === true, trailing: before?.trailing === true,
    digit: first?.digit === true, named: first?.named === true,
  };
}

function factorsOf(written: Written): Written[] {
  if (written.kind !== "call" || written.primitive !== "multiply") return [written];
  const [a, b] = written.args;
  return [...(a ? factorsOf(a) : []), ...(b ? [b] : [])];
}

const isRemainder = (written: Written): boolean => written.kind === "call" && (written.primitive === "floorModulo" || written.primitive === "remainder");

/** x (2y) is better seen than x · 2y. */
const beginsWithNumber = (written: Written): boolean => {
  const [first] = factorsOf(written);
  return first?.kind === "number" || (first?.kind === "call" && first.primitive === "power" && first.args[0]?.kind === "number");
};

/** u u, as programs write a square, as u². */
function squares(factors: readonly Written[]): Written[] {
  const out: { factor: Written; times: number }[] = [];
  for (const factor of factors) {
    const last = out.at(-1);
    const turned = last?.times === 1 && last.factor.kind === "call" && last.factor.primitive === "negate" ? last.factor.args[0] : undefined;
    if (last && factor.kind !== "number" && sameWritten(last.factor, factor)) last.times++;
    // −u u, which programs take for (−u) u.
    else if (last && turned && factor.kind !== "number" && sameWritten(turned, factor)) last.factor = negate(raised(factor, 2));
    else out.push({ factor, times: 1 });
  }
  return out.map(({ factor, times }) => (times === 1 ? factor : raised(factor, times)));
}

const raised = (base: Written, times: number): Written => call("power", [base, number(String(times))]);

function joint(before: Piece, next: Piece): string {
  if (next.digit) return " \\cdot ";
  // A name of several letters would run into the letter beside it.
  const afterUpright = /\\mathrm\{[^{}]*\}$/.test(before.text) && /^(?:[a-zA-Z]|\\(?:mathrm|hat|bar|tilde|dot)\b)/.test(next.text);
  const beforeUpright = /^\\mathrm\{/.test(next.text) && /\\mathrm\{[^{}]*\}(?:[_^]\{[^{}]*\})*$/.test(before.text);
  if (afterUpright || beforeUpright) return " \\, ";
  const tight = before.digit === true && /^[a-zA-Z]/.test(next.text) && /^[\d.]+$/.test(before.text);
  return tight ? "" : " ";
}

function division(a: Written, b: Written, small: boolean): Piece {
  const [above, below] = [print(a, small), print(b, small)];
  if (small) return { text: `${bracketed(above, product)}/${bracketed(below, power)}`, strength: product, digit: above.digit === true };
  if (above.text.startsWith("-") && !below.text.startsWith("-") && a.kind === "call" && a.primitive === "negate" && a.args[0]) {
    return { text: `-\\frac{${print(a.args[0], false).text}}{${below.text}}`, strength: unary, tall: true };
  }
  return { text: `\\frac{${above.text}}{${below.text}}`, strength: atom, tall: true };
}

const raisable: ReadonlySet<PrimitiveName> = new Set<PrimitiveName>([
  "sin", "cos", "tan", "sec", "csc", "cot", "sinh", "cosh", "tanh", "sech", "csch", "coth", "log",
]);

/** An exponent after these is seen as part of them. */
const neverRaisedBare: ReadonlySet<PrimitiveName> = new Set<PrimitiveName>(["divide", "exp", "sqrt", "cbrt", "hypot"]);

/** sin² x for whole positive powers of the common functions; brackets around anything else that is no letter. */
function exponentiation(base: Written, exponent: Written, small: boolean): Piece {
  const above = print(exponent, true).text;
  const superscript = [...above].length === 1 ? `^${above}` : `^{${above}}`;
  if (base.kind === "call" && raisable.has(base.primitive) && exponent.kind === "number" && /^\d+$/.test(exponent.text)) {
    const notation = ruleOf(base.primitive).names.latex;
    if (notation.form === "function" && base.args[0]) return application(notation.name + superscript, base.args[0], small);
  }
  const piece = print(base, small);
  const bare = piece.strength === atom && !piece.open && !piece.trailing && !(base.kind === "call" && neverRaisedBare.has(base.primitive));
  return { text: `${bare ? piece.text : brackets(piece)}${superscript}`, strength: power, digit: piece.digit === true, tall: piece.tall === true };
}

function exponential(of: Written, small: boolean): Piece {
  const above = print(of, true);
  const tooHigh = above.tall === true || small;
  if (tooHigh) return { text: `\\exp${brackets(print(of, small))}`, strength: atom, named: true, tall: above.tall === true };
  return { text: [...above.text].length === 1 ? `e^${above.text}` : `e^{${above.text}}`, strength: power };
}

function norm(args: readonly Written[], small: boolean): Piece {
  const squares = args.map((arg) => arg.kind === "number" && arg.text === "1" ? "1" : exponentiation(arg, { kind: "number", text: "2" }, small).text);
  return { text: `\\sqrt{${squares.join(" + ")}}`, strength: atom, tall: !small };
}

function application(name: string, argument: Written, small: boolean): Piece {
  const piece = print(argument, small);
  if (isSingle(argument) && !called.has(name)) return { text: `${name} ${piece.text}`, strength: atom, open: true, named: true };
  return { text: `${name}${brackets(piece)}`, strength: atom, named: true, tall: piece.tall === true };
}

/** Functions whose argument always stands in brackets: Γ(x), but sin x. */
const called: ReadonlySet<string> = new Set(["\\Gamma", "\\ln\\Gamma", "\\psi", "\\psi_1", "\\psi'", "\\sigma", "\\operatorname{erf}", "\\operatorname{round}", "\\operatorname{trunc}"]);

const isSingle = (written: Written): boolean => written.kind === "name" || written.kind === "spelt" || written.kind === "constant" || written.kind === "number";

/** The same application with brackets, where something follows that is not part of its argument. */
function closedApplication(factor: WrittenCall, open: Piece, small: boolean): Piece {
  const raised = factor.primitive === "power" ? factor.args[0] : factor;
  const argument = raised?.kind === "call" ? raised.args[0] : undefined;
  if (!argument) return open;
  const inner = print(argument, small).text;
  return { ...open, text: `${open.text.slice(0, open.text.length - inner.length).trimEnd()}(${inner})`, open: false };
}

function byNotation(primitive: PrimitiveName, notation: Notation, args: readonly Written[], small: boolean): Piece {
  switch (notation.form) {
    case "infix": {
      const pieces = args.map((arg) => {
        const piece = print(arg, small);
        return notation.precedence === product && piece.text.startsWith("-") ? brackets(piece) : bracketed(piece, notation.precedence + 1);
      });
      return { text: pieces.join(` ${notation.symbol} `), strength: notation.precedence };
    }
    case "prefix": return { text: `${notation.symbol}${args.map((arg) => bracketed(print(arg, small), notation.precedence)).join("")}`, strength: notation.precedence };
    case "function": {
      const [only] = args;
      if (only && args.length === 1) return application(notation.name, only, small);
      const listed = args.map((arg) => print(arg, small));
      const all = { text: listed.map((piece) => piece.text).join(", "), strength: atom, tall: listed.some((piece) => piece.tall === true) };
      return { text: `${/[a-zA-Z}]$/.test(notation.name) ? notation.name : `\\${primitive}`}${brackets(all)}`, strength: atom, named: true };
    }
    case "template": {
      let tall = /\\frac|\\sqrt/.test(notation.text);
      const text = notation.text.replace(/(\^\{)?\$(\d)/g, (_, raised: string | undefined, index: string) => {
        const arg = args[Number(index)];
        if (!arg) return "";
        const piece = print(arg, small || raised !== undefined);
        tall ||= piece.tall === true;
        return raised === undefined ? bracketed(piece, notation.inner) : raised + piece.text;
      });
      return { text: tall ? text : text.replace(/\\left(?=\()|\\right(?=\))/g, ""), strength: notation.precedence, tall };
    }
  }
}

const brackets = (piece: Piece): string => delimited("(", ")", piece);
const delimited = (open: string, close: string, piece: Piece): string => (piece.tall ? `\\left${open}${piece.text}\\right${close.trimStart()}` : `${open}${piece.text}${close}`);
const bracketed = (piece: Piece, least: number): string => (piece.strength < least ? brackets(piece) : piece.text);
