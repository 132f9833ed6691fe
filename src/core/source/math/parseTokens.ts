import { create, parseDependencies } from "mathjs/number";
import type { Span } from "../positions";
import { refuse } from "./refuse";
import { isMark, spanOf, type Token } from "./token";
import type { BinaryOperator, MathTree } from "./tree";

// Only the parser, and never more: mathjs neither evaluates nor compiles anything here.
const mathjs = create(parseDependencies ?? {});

/** The nodes of mathjs' tree that are read here; its own types do not discriminate them. */
type MathjsNode =
  | { type: "ParenthesisNode"; content: MathjsNode }
  | { type: "ConstantNode"; value: unknown }
  | { type: "SymbolNode" }
  | { type: "FunctionNode"; args: readonly MathjsNode[] }
  | OperatorNode
  | { type: "RelationalNode"; conditionals: readonly string[]; params: readonly MathjsNode[] }
  | { type: "ConditionalNode"; condition: MathjsNode; trueExpr: MathjsNode; falseExpr: MathjsNode }
  | { type: "ArrayNode"; items: readonly MathjsNode[] }
  | { type: "AccessorNode"; object: MathjsNode; index: { dimensions?: readonly MathjsNode[] } }
  | { type: "AssignmentNode" | "BlockNode" | "FunctionAssignmentNode" | "IndexNode" | "ObjectNode" | "RangeNode" };

interface OperatorNode {
  type: "OperatorNode";
  op: string;
  fn: string;
  args: readonly MathjsNode[];
  implicit: boolean;
}

/** Parses tokens by mathjs' grammar. Refuses with E100 and mathjs' own place. `noted` hears of products that stand under a bar as a whole: 1/(a) x. */
export function parseTokens(tokens: readonly Token[], noted: (product: Span) => void = () => undefined): MathTree {
  const equals = tokens.find((token) => isMark(token, "="));
  if (equals) refuse("E100", equals.span, "An = sign cannot stand inside a formula.", "Write == to compare, or give a name its value on a line of its own: a = 2.");
  let text = "";
  const starts = tokens.map((token) => {
    const start = text.length;
    text += `${spelt(token)} `;
    return start;
  });
  const whole = spanOf(tokens);
  const node = parse(text, (char) => {
    const at = starts.findIndex((start) => start >= char);
    const token = tokens[at < 0 ? tokens.length - 1 : at];
    if (at < 0) return { start: whole.end, end: whole.end };
    return token?.span ?? whole;
  });
  return new Locator(tokens, noted).locate(node);
}

/** mathjs has names of few scripts, and needs to know of a name only where it ends: the tokens keep how it is written. */
const spelt = ({ kind, text }: Token): string => (kind === "name" ? text.replace(/[^\u0000-\u03ff\u2100-\u214f]/gu, "_") : text);

function parse(text: string, spanAt: (offset: number) => Span): MathjsNode {
  try {
    // The border with the library: `type` tells the kinds apart, as the union above says.
    const node: unknown = mathjs.parse(text);
    return node as MathjsNode;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    // mathjs counts characters from one.
    const char = "char" in error && typeof error.char === "number" ? error.char - 1 : text.length;
    const reason = error.message.replace(/ \(char \d+\)$/, "");
    const end = char >= text.trimEnd().length;
    return refuse("E100", spanAt(char), end ? "The expression ends too early." : explain(reason), end ? "Is a bracket or an operand missing?" : undefined);
  }
}

function explain(reason: string): string {
  if (reason === "Value expected") return "A number, a name or a bracket should stand here.";
  if (reason === "Parenthesis ) expected") return "A closing bracket is missing before this.";
  if (reason.startsWith("Unexpected operator )")) return "This bracket was never opened.";
  if (reason.includes("dimensions mismatch")) return "The rows of this matrix differ in length.";
  if (reason === "Unexpected operator ,") return "This comma separates nothing.";
  return `This cannot be read as mathematics: ${reason.charAt(0).toLowerCase()}${reason.slice(1)}.`;
}

const binaryOperators: Partial<Record<string, BinaryOperator>> = {
  add: "+", subtract: "-", multiply: "*", divide: "/", pow: "^", mod: "mod", dotMultiply: ".*", dotDivide: "./", dotPow: "^",
  smaller: "<", smallerEq: "<=", larger: ">", largerEq: ">=", equal: "==", unequal: "!=", and: "and", or: "or", xor: "xor",
};

/** mathjs' trees know no positions, but keep the order of the tokens: walking both together finds them again. */
class Locator {
  private at = 0;

  constructor(private readonly tokens: readonly Token[], private readonly noted: (product: Span) => void) {}

  locate(node: MathjsNode): MathTree {
    switch (node.type) {
      case "ParenthesisNode": {
        const open = this.take("(");
        const content = this.locate(node.content);
        return { ...content, span: join(open, this.take(")")) };
      }
      case "ConstantNode": {
        const token = this.next();
        const value: unknown = node.value;
        if (typeof value !== "number") return refuse("E105", token.span, `${token.text} is not a number.`);
        return { kind: "number", value, text: token.text, span: token.span };
      }
      case "SymbolNode": {
        const token = this.next();
        return { kind: "name", name: token.text, span: token.span };
      }
      case "FunctionNode": return this.call(node.args);
      case "OperatorNode": return node.args.length < 2 ? this.unary(node) : this.operators(node);
      case "RelationalNode": return this.chain(node.conditionals, node.params);
      case "ConditionalNode": {
        const condition = this.locate(node.condition);
        this.take("?");
        const whenTrue = this.locate(node.trueExpr);
        this.take(":");
        const whenFalse = this.locate(node.falseExpr);
        return { kind: "choice", condition, whenTrue, whenFalse, span: join(condition.span, whenFalse.span) };
      }
      case "ArrayNode": return this.list(node.items, true);
      case "AccessorNode": {
        const of = this.locate(node.object);
        this.take("[");
        const indices = this.separated(node.index.dimensions ?? [], ",");
        return { kind: "element", of, indices, span: join(of.span, this.take("]")) };
      }
      default: {
        const span = (this.tokens[this.at] ?? this.tokens.at(-1))?.span ?? { start: 0, end: 0 };
        return refuse("E101", span, "This is not something Downhill can differentiate.", "Write one expression of numbers, names, operators and functions.");
      }
    }
  }

  private call(args: readonly MathjsNode[]): MathTree {
    const name = this.next();
    this.take("(");
    const located = this.separated(args, ",");
    return { kind: "call", name: name.text, nameSpan: name.span, args: located, span: join(name.span, this.take(")")) };
  }

  private separated(nodes: readonly MathjsNode[], separator: string): MathTree[] {
    return nodes.map((node, i) => {
      if (i > 0) this.take(separator);
      return this.locate(node);
    });
  }

  /** [1, 2], [[1, 2], [3, 4]] and [1, 2; 3, 4], whose rows have no brackets. */
  private list(items: readonly MathjsNode[], bracketed: boolean): MathTree {
    const open = bracketed ? this.take("[") : this.peek();
    const rowsWithoutBrackets = items[0]?.type === "ArrayNode" && !isMark(this.tokens[this.at], "[");
    const located = rowsWithoutBrackets
      ? items.map((row, i) => {
        if (i > 0) this.take(";");
        return row.type === "ArrayNode" ? this.list(row.items, false) : this.locate(row);
      })
      : this.separated(items, ",");
    const trailing = this.tokens[this.at];
    if (bracketed && trailing && isMark(trailing, ",", ";")) refuse("E100", trailing.span, "Nothing stands after this mark.", `Leave the ${trailing.text} out, or write the element that is missing.`);
    const close = bracketed ? this.take("]") : located.at(-1)?.span ?? open;
    return { kind: "list", items: located, span: join(open, close) };
  }

  private peek(): Span {
    return this.tokens[this.at]?.span ?? { start: 0, end: 0 };
  }

  private unary({ op, fn, args }: OperatorNode): MathTree {
    const [only] = args;
    if (!only) throw new Error(`An operator without operands: ${op}`);
    if (fn === "factorial") {
      const operand = this.locate(only);
      return { kind: "unary", operator: "!", operand, span: join(operand.span, this.take("!")) };
    }
    if (op === "'") {
      const operand = this.locate(only);
      return { kind: "unary", operator: "'", operand, span: join(operand.span, this.take("'")) };
    }
    const sign = this.next();
    const operand = this.locate(only);
    const span = join(sign.span, operand.span);
    if (fn === "unaryPlus") return { ...operand, span };
    if (fn === "unaryMinus") return { kind: "unary", operator: "-", operand, span };
    if (fn === "not") return { kind: "unary", operator: "not", operand, span };
    return refuse("E101", sign.span, `The operator ${op} works on the bits of whole numbers, and has no derivative.`);
  }

  /** a + b + c + … leans to the left as deep as it is long: its spine is walked in a loop. */
  private operators(node: OperatorNode): MathTree {
    const spine: OperatorNode[] = [];
    let leftmost: MathjsNode = node;
    while (leftmost.type === "OperatorNode" && leftmost.args.length > 1) {
      spine.push(leftmost);
      const [left]: readonly MathjsNode[] = leftmost.args;
      if (!left) throw new Error(`An operator without operands: ${leftmost.op}`);
      leftmost = left;
    }
    return spine.reduceRight((left, { op, fn, args, implicit }) => {
      const sign = implicit ? undefined : this.next();
      const operator = binaryOperators[fn];
      if (!operator) {
        const hint = fn === "to" ? "Downhill reads plain numbers, without units." : undefined;
        return refuse("E101", sign?.span ?? left.span, `The operator ${op} cannot be differentiated.`, hint);
      }
      const second = args[1];
      if (!second) throw new Error(`An operator without operands: ${op}`);
      const right = this.locate(second);
      const isProduct = op === "/" && second.type === "OperatorNode" && second.implicit && right.kind === "binary";
      if (isProduct && (right.left.span.end < right.right.span.start || second.args[0]?.type === "ParenthesisNode")) this.noted(right.span);
      return { kind: "binary", operator, left, right, span: join(left.span, right.span) };
    }, this.locate(leftmost));
  }

  /** a < b < c is (a < b) and (b < c). */
  private chain(comparisons: readonly string[], params: readonly MathjsNode[]): MathTree {
    const located = params.map((param, i) => {
      if (i > 0) this.next();
      return this.locate(param);
    });
    let whole: MathTree | undefined;
    comparisons.forEach((comparison, i) => {
      const [left, right, operator] = [located[i], located[i + 1], binaryOperators[comparison]];
      if (!left || !right || !operator) throw new Error(`An unknown comparison: ${comparison}`);
      const link: MathTree = { kind: "binary", operator, left, right, span: join(left.span, right.span) };
      whole = whole ? { kind: "binary", operator: "and", left: whole, right: link, span: join(whole.span, link.span) } : link;
    });
    if (!whole) throw new Error("A chain without comparisons");
    return whole;
  }

  private next(): Token {
    const token = this.tokens[this.at++];
    if (!token) throw new Error("The tree has more tokens than the text");
    return token;
  }

  private take(text: string): Span {
    const token = this.next();
    // mathjs reads a few things by rules of its own; what its tree does not say cannot be told.
    if (!isMark(token, text)) refuse("E100", token.span, `This cannot be read: a ${text} should stand here.`, "Write a * between factors, and brackets around arguments.");
    return token.span;
  }
}

const join = (first: Span, last: Span): Span => ({ start: Math.min(first.start, last.start), end: Math.max(first.end, last.end) });
