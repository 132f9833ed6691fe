import { type Notation, precedence } from "../rules/notation";
import { ruleOf } from "../rules/ruleOf";
import { codeName, mathName, pythonName } from "./names";
import { call, number, type Written, type WrittenCall, type WrittenSum } from "./written";

type TextDialect = "typescript" | "python" | "math";

interface Piece {
  text: string;
  strength: number;
  /** A function spelt out, as 1 / (1 + exp(-x)): in a product it wants brackets to be seen as one. */
  spelt?: boolean;
  /** A remainder at its end or its head: a * (b % c) is not a * b % c, nor -(a % b) the remainder of -a. */
  remainder?: boolean;
}

const constants: Record<TextDialect, Record<"pi" | "e", string>> = {
  typescript: { pi: "Math.PI", e: "Math.E" }, python: { pi: "np.pi", e: "np.e" }, math: { pi: "pi", e: "e" },
};
const nameIn: Record<TextDialect, (path: string) => string> = { typescript: codeName, python: pythonName, math: mathName };

/** Prints code and plain mathematics with no bracket more than the reader of that language needs. */
export function printText(written: Written, dialect: TextDialect): string {
  return printers[dialect].print(written).text;
}

class TextPrinter {
  /** What is written never changes, and derivatives mention the same parts over and over. */
  private readonly known = new WeakMap<Written, Piece>();

  constructor(private readonly dialect: TextDialect) {}

  print(written: Written): Piece {
    const known = this.known.get(written);
    if (known) return known;
    const piece = this.spell(written);
    this.known.set(written, piece);
    return piece;
  }

  private spell(written: Written): Piece {
    switch (written.kind) {
      case "number": return atom(written.text);
      case "name": return atom(nameIn[this.dialect](written.path));
      case "constant": return atom(constants[this.dialect][written.name]);
      case "cases": return this.cases(written);
      case "call": return this.call(written);
      case "spelt": return atom(written.texts[this.dialect]);
      case "sum": return atom(written.around[this.dialect].replace("$", () => this.summand(written)));
    }
  }

  /** What is added up or multiplied: in TypeScript it stands after a plus or a times. */
  private summand({ body, operator }: WrittenSum): string {
    const piece = this.print(body);
    if (operator === "product" && this.dialect === "typescript") return bracketed(piece, piece.text.startsWith("-") ? precedence.atom : precedence.product);
    return this.dialect === "typescript" ? bracketed(piece, precedence.sum + (piece.text.startsWith("-") ? precedence.atom : 1)) : piece.text;
  }

  private cases(written: Extract<Written, { kind: "cases" }>): Piece {
    const inner = (part: Written): string => bracketed(this.print(part), precedence.conditional + 1);
    const otherwise = inner(written.otherwise);
    const text = written.branches.reduceRight((rest, { condition, value }) =>
      (this.dialect === "python" ? `${inner(value)} if ${inner(condition)} else ${rest}` : `${inner(condition)} ? ${inner(value)} : ${rest}`), otherwise);
    return { text, strength: precedence.conditional };
  }

  private call({ primitive, args }: WrittenCall): Piece {
    const [a, b] = args;
    if (primitive === "power" && a && b && this.dialect === "typescript") return this.typescriptPower(a, b);
    if (primitive === "negate" && a) return this.negation(a);
    // NumPy's takes two.
    if (primitive === "hypot" && a && this.dialect === "python" && args.length !== 2) return this.print(call("sqrt", [args.map(squareOf).reduce((sum, square) => call("add", [sum, square]))]));
    return this.notation(ruleOf(primitive).names[this.dialect], args);
  }

  /** x * x reads and runs better than x ** 2 where x is one letter. `-x ** 2` is no TypeScript. */
  private typescriptPower(base: Written, exponent: Written): Piece {
    if (exponent.kind === "number" && exponent.text === "2" && base.kind === "name") {
      const text = this.print(base).text;
      return { text: `${text} * ${text}`, strength: precedence.product };
    }
    return { text: `${bracketed(this.print(base), precedence.atom)} ** ${bracketed(this.print(exponent), precedence.power)}`, strength: precedence.power };
  }

  private negation(of: Written): Piece {
    const inner = this.print(of);
    const first = firstFactor(of);
    const power = this.dialect === "typescript" && first.kind === "call" && first.primitive === "power" && this.print(first).strength === precedence.power;
    const text = power || inner.remainder ? `-(${inner.text})` : `-${bracketed(inner, precedence.product)}`;
    return { text: inner.text.startsWith("-") ? `-(${inner.text})` : text, strength: precedence.unary };
  }

  private notation(notation: Notation, args: readonly Written[]): Piece {
    switch (notation.form) {
      case "infix": return this.infix(notation, args);
      case "prefix": {
        const [only] = args;
        return { text: notation.symbol + (only ? bracketed(this.print(only), notation.precedence) : ""), strength: notation.precedence };
      }
      case "function": return atom(`${notation.name}(${args.map((arg) => this.print(arg).text).join(", ")})`);
      case "template": {
        const text = notation.text.replace(/\$(\d)/g, (_, index: string) => {
          const arg = args[Number(index)];
          if (!arg) return "";
          const least = this.innerStrength(notation.text, Number(index), notation.inner);
          const piece = this.print(arg);
          // a % -b / c would be (a % -b) / c.
          return piece.text.startsWith("-") && least > precedence.product ? `(${piece.text})` : bracketed(piece, least);
        });
        return { text, strength: notation.precedence, spelt: true, remainder: text.includes("%") };
      }
    }
  }

  /** A template's argument that stands in brackets of its own needs no more. */
  private innerStrength(template: string, index: number, inner: number): number {
    if (template.includes(`($${index})`)) return 0;
    // TypeScript takes no minus before a power.
    return this.dialect === "typescript" && template.includes(`-$${index}`) ? precedence.atom : inner;
  }

  private infix(notation: Extract<Notation, { form: "infix" }>, args: readonly Written[]): Piece {
    const { precedence: strength, associativity } = notation;
    const pieces = args.map((arg, i) => {
      const piece = this.print(arg);
      const apart = i > 0 && piece.remainder === true && strength === precedence.product;
      const onOwnSide = !apart && (associativity === "both" || (associativity === "left" && i === 0) || (associativity === "right" && i > 0));
      const text = bracketed(piece, onOwnSide && !(piece.spelt && strength === precedence.product) ? strength : strength + 1);
      return i > 0 && text.startsWith("-") ? `(${text})` : text;
    });
    const spaced = notation.symbol === "^" ? notation.symbol : ` ${notation.symbol} `;
    const remainder = strength === precedence.product && (notation.symbol === "%" || pieces.some((piece) => piece.includes("%")));
    return { text: pieces.join(spaced), strength, ...(remainder ? { remainder } : {}) };
  }
}

const printers: Record<TextDialect, TextPrinter> = { typescript: new TextPrinter("typescript"), python: new TextPrinter("python"), math: new TextPrinter("math") };

/** What a minus before a product stands before: TypeScript takes no minus before a power. */
function firstFactor(written: Written): Written {
  const [first] = written.kind === "call" && (written.primitive === "multiply" || written.primitive === "divide") ? written.args : [];
  return first ? firstFactor(first) : written;
}

const squareOf = (written: Written): Written => (written.kind === "number" && written.text === "1" ? written : call("power", [written, number("2")]));
const atom = (text: string): Piece => ({ text, strength: precedence.atom });
const bracketed = (piece: Piece, least: number): string => (piece.strength < least ? `(${piece.text})` : piece.text);

