import type { Expression, PrimitiveName } from "../../ir/types";
import { call, name, negate, number, type Written } from "../written";
import { productOf } from "./productOf";

export type CodeDialect = "typescript" | "python";

/** How reads and loads are spelt where the code is going to stand. */
export interface Spelling {
  readonly dialect: CodeDialect;
  nameOf(expression: Expression & { kind: "read" | "load" }): string;
  /** Whether it is always a whole number, though not of the type. */
  isWhole?(expression: Expression): boolean;
}

/** An IR expression as code: the same numbers, in the spelling of the language. */
export function codeExpression(expression: Expression, spelling: Spelling): Written {
  const of = (e: Expression): Written => codeExpression(e, spelling);
  switch (expression.kind) {
    case "constant": return expression.type === "bool" ? truth(expression.value !== 0, spelling.dialect) : constant(expression.value, expression.text, spelling.dialect);
    case "read":
    case "load": return name(spelling.nameOf(expression));
    case "select": return choice(of(expression.condition), of(expression.whenTrue), of(expression.whenFalse));
    case "call": {
      const [first] = expression.args;
      const args = expression.args.map(of);
      const [a, b] = args;
      switch (expression.primitive) {
        case "toFloat": return a ?? number("0");
        case "toInt":
          if (a && first && spelling.dialect === "typescript" && spelling.isWhole?.(first)) return a;
          break;
        // Only turns of loops are counted by it, and they come out whole.
        case "divideInt":
          if (spelling.dialect === "typescript") return call("divide", args);
          break;
        case "boolToFloat": return a ? choice(a, number("1"), number("0")) : number("0");
        case "sigmoid": return a ? call("divide", [number("1"), call("add", [number("1"), call("exp", [opposite(first, a, of)])])]) : number("0");
        case "multiply":
        case "divide": return productOf(expression, of, (value, text) => constant(value, text, spelling.dialect));
        case "hypot":
          // NumPy's takes two.
          if (spelling.dialect === "python" && args.length !== 2) return call("sqrt", [args.map((arg): Written => call("power", [arg, number("2")])).reduce((sum, square) => call("add", [sum, square]))]);
          break;
        default: break;
      }
      return (a && b ? sum(expression.primitive, a, b) : undefined) ?? call(expression.primitive, args);
    }
  }
}

/** a + (-b) as a - b. */
function sum(primitive: PrimitiveName, a: Written, b: Written): Written | undefined {
  const behindA = behindMinus(a);
  const behindB = behindMinus(b);
  if (primitive === "add" && behindB) return call("subtract", [a, behindB]);
  if (primitive === "add" && behindA) return call("subtract", [b, behindA]);
  return primitive === "subtract" && behindB ? call("add", [a, behindB]) : undefined;
}

const behindMinus = (written: Written): Written | undefined => (written.kind === "call" && written.primitive === "negate" ? written.args[0] : undefined);

/** -x, with the minus sign of x itself taken away. */
function opposite(x: Expression | undefined, written: Written, of: (e: Expression) => Written): Written {
  if (x?.kind === "call" && x.primitive === "negate" && x.args[0]) return of(x.args[0]);
  if (x?.kind === "call" && x.primitive === "subtract" && x.args[0] && x.args[1]) return call("subtract", [of(x.args[1]), of(x.args[0])]);
  return negate(written);
}

const truth = (value: boolean, dialect: CodeDialect): Written => name(dialect === "python" ? (value ? "True" : "False") : String(value));

function choice(condition: Written, value: Written, otherwise: Written): Written {
  if (otherwise.kind === "cases") return { kind: "cases", branches: [{ condition, value }, ...otherwise.branches], otherwise: otherwise.otherwise };
  return { kind: "cases", branches: [{ condition, value }], otherwise };
}

/** n where the number is exactly what 1/n rounds to, and would not read well as a decimal. */
function wholeReciprocal(value: number): number | undefined {
  const n = Math.round(1 / value);
  return n !== 0 && Number.isFinite(n) && 1 / n === value && String(Math.abs(value)).length > 6 ? n : undefined;
}

const named: readonly (readonly [number, Written])[] = [
  [Math.PI, { kind: "constant", name: "pi" }], [2 * Math.PI, call("multiply", [number("2"), { kind: "constant", name: "pi" }])],
  [Math.E, { kind: "constant", name: "e" }], [Math.LN2, call("log", [number("2")])], [Math.LN10, call("log", [number("10")])],
  [Math.SQRT2, call("sqrt", [number("2")])], [Math.SQRT1_2, call("sqrt", [number("0.5")])],
  [2 / Math.sqrt(Math.PI), call("divide", [number("2"), call("sqrt", [{ kind: "constant", name: "pi" }])])],
];

export function constant(value: number, text: string | undefined, dialect: CodeDialect): Written {
  if (Number.isNaN(value)) return name(dialect === "python" ? "np.nan" : "NaN");
  if (value < 0 || Object.is(value, -0)) return negate(constant(-value, undefined, dialect));
  if (value === Infinity) return name(dialect === "python" ? "np.inf" : "Infinity");
  const known = named.find(([number]) => number === value);
  if (known) return known[1];
  const divisor = wholeReciprocal(value);
  if (divisor !== undefined) return call("divide", [number("1"), number(String(divisor))]);
  const asTyped = text !== undefined && /^(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text) && Number(text) === value;
  return number(asTyped ? text.replace(/^\./, "0.").replace(/\.(?=$|[eE])/, "") : String(value));
}
