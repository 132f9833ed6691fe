/** How a primitive is written in one language. */
export type Notation =
  /** `a + b`, `a \cdot b`; `symbol` without spaces around it. */
  | { readonly form: "infix"; readonly symbol: string; readonly precedence: number; readonly associativity: "left" | "right" | "both" | "none" }
  /** `-a`, `!a`. */
  | { readonly form: "prefix"; readonly symbol: string; readonly precedence: number }
  /** `name(a, b)`; in LaTeX `name\left(a, b\right)`. */
  | { readonly form: "function"; readonly name: string }
  /**
   * Anything else: `$0`, `$1` stand for the arguments, which are parenthesised where they bind looser than
   * `inner` (0: never, the template itself delimits them). `precedence` is the whole's own.
   */
  | { readonly form: "template"; readonly text: string; readonly precedence: number; readonly inner: number };

export interface Names {
  readonly latex: Notation;
  readonly typescript: Notation;
  readonly python: Notation;
  readonly math: Notation;
}

/** Binding strength, loosest first. Unary minus stands between products and powers, as in mathematics and Python. */
export const precedence = {
  conditional: 1, or: 2, and: 3, not: 4, comparison: 5, bitOr: 6, bitXor: 7, bitAnd: 8, shift: 9,
  sum: 10, product: 11, unary: 12, power: 13, atom: 14,
} as const;

export const infix = (symbol: string, strength: number, associativity: "left" | "right" | "both" | "none" = "left"): Notation => ({
  form: "infix", symbol, precedence: strength, associativity,
});
export const prefix = (symbol: string, strength: number = precedence.unary): Notation => ({ form: "prefix", symbol, precedence: strength });
export const named = (name: string): Notation => ({ form: "function", name });
export const template = (text: string, strength: number = precedence.atom, inner = 0): Notation => ({
  form: "template", text, precedence: strength, inner,
});

/** A function of `Math` that NumPy has under `python`. */
export const mathFunction = (name: string, latex: string = `\\${name}`, python: string = name, math: string = name): Names => ({
  latex: named(latex), typescript: named(`Math.${name}`), python: named(`np.${python}`), math: named(math),
});

/** One operator, spelt alike but in LaTeX. */
export const operator = (
  symbol: string, strength: number, associativity: "left" | "both" | "none" = "left",
  other: { latex?: string; python?: string; typescript?: string } = {},
): Names => ({
  latex: infix(other.latex ?? symbol, strength, associativity),
  typescript: infix(other.typescript ?? symbol, strength, associativity),
  python: infix(other.python ?? symbol, strength, associativity),
  math: infix(symbol, strength, associativity),
});

/** A function that neither `Math` nor NumPy has, written out with one they have. */
export const writtenOut = (latex: string, typescript: string, python: string, math: string): Names => {
  const strength = typescript.startsWith("1 /") ? precedence.product : precedence.atom;
  return { latex: named(latex), typescript: template(typescript, strength, precedence.power), python: template(python, strength, precedence.power), math: named(math) };
};
