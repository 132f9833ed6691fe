import { describe, expect, it } from "vitest";
import { highlightCode } from "../../webview/highlightCode";
import type { TokenKind } from "../../webview/highlightCode";
import type { CodeDialect } from "../../src/shared/protocol";

const of = (code: string, dialect: CodeDialect, kind: TokenKind): string[] =>
  highlightCode(code, dialect).filter((token) => token.kind === kind).map(({ text }) => text);

describe("code in colours", () => {
  const typescript = '/** Of f. */\nfunction fGradient(x1: readonly number[]): number {\n  let s = 1e-3; // "no text"\n  return s * Math.exp(x1[0]) + 2;\n}';

  it.each(["typescript", "javascript", "python", "latex", "math"] as const)("is the same code in %s", (dialect) => {
    expect(highlightCode(typescript, dialect).map(({ text }) => text).join("")).toBe(typescript);
  });

  it("tells keywords, numbers, comments and what is called apart", () => {
    expect(of(typescript, "typescript", "keyword")).toEqual(["function", "readonly", "number", "number", "let", "return"]);
    expect(of(typescript, "typescript", "number")).toEqual(["1e-3", "0", "2"]);
    expect(of(typescript, "typescript", "comment")).toEqual(["/** Of f. */", '// "no text"']);
    expect(of(typescript, "typescript", "name")).toEqual(["fGradient", "exp"]);
    expect(of(typescript, "typescript", "string")).toEqual([]);
  });

  it("knows Python's comments and texts, and TeX's commands", () => {
    const python = 'def g(x):\n    """The gradient."""\n    return 2 * x  # by x';
    expect(of(python, "python", "string")).toEqual(['"""The gradient."""']);
    expect(of(python, "python", "comment")).toEqual(["# by x"]);
    expect(of(python, "python", "keyword")).toEqual(["def", "return"]);
    expect(of("\\frac{1}{2} x \\, y", "latex", "keyword")).toEqual(["\\frac", "\\,"]);
  });
});
