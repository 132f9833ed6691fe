import { describe, expect, it } from "vitest";
import { SourceError } from "../../../src/core/source/diagnostic";
import { readMath } from "../../../src/core/source/math/readMath";
import type { Language, Program, Source } from "../../../src/core/source/program";
import { pointedAt } from "../../../src/worker/pointedAt";

/** Formulas are read for real; of programs, the function whose lines hold the selection is found by its first line. */
function read(source: Source): Program {
  if (source.language === "math") return readMath(source);
  const functions = [...source.text.matchAll(/^function (\w+)[^]*?^\}/gm)].map((match) => ({
    name: match[1] ?? "", start: match.index, end: match.index + match[0].length, parameters: [],
    range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
  }));
  const { start, end } = source.selection ?? { start: 0, end: 0 };
  const around = functions.find((fn) => start <= fn.end && end >= fn.start);
  return { functions, ...(around ? { target: around.name } : {}) };
}

const program = `// minimise «x^2 + y^2» by hand, never «x^2 + » alone
const rate = «0.1»;
function loss(x: number, y: number) {
  // the bowl is «x^2 + 2 y^2» here, and the name is «loss»
  const label = "«x^2 + y^2»";
  const inner = «x ** 2 + y ** 2»;
  const call = «other(x, y)»;
  const values = «[x, y]»;
  «return x * y»;
  return «inner»;
}
«function other(a: number) {
  return a;
}»
`;
const plain = program.replace(/[«»]/g, "");

/** The nth highlight of the program that reads `text`. */
function highlight(text: string, nth = 0): { start: number; end: number } {
  const marked = [...program.matchAll(/«([^»]*)»/g)];
  const chosen = marked.filter((match) => match[1] === text)[nth];
  if (!chosen) throw new Error(`no highlight «${text}»`);
  const start = chosen.index - 2 * marked.indexOf(chosen);
  return { start, end: start + text.length };
}

function point(selection: { start: number; end: number }, language: Language = "typescript", target?: string, known: string[] = []) {
  const pointing = { text: plain, language, selection, uri: "file:///a.ts", known, ...(target ? { target } : {}) };
  const { language: as, target: name } = pointedAt(pointing, read);
  return as === "math" ? as : name;
}

describe("in a program, a highlight", () => {
  it.each([
    ["in a comment, outside any function", "x^2 + y^2", 0],
    ["in a comment of a function", "x^2 + 2 y^2", 0],
    ["in a string", "x^2 + y^2", 1],
    ["that is a formula of the code itself", "x ** 2 + y ** 2", 0],
  ])("%s is the formula", (_where, text, nth) => expect(point(highlight(text, nth))).toBe("math"));

  it.each([
    ["that is a name", "inner", "loss"],
    ["that calls a function of the program", "other(x, y)", "loss"],
    ["that is no formula", "[x, y]", "loss"],
    ["that is a statement", "return x * y", "loss"],
    ["of a whole function", "function other(a: number) {\n  return a;\n}", "other"],
  ])("%s is the function it stands in", (_what, text, name) => expect(point(highlight(text))).toBe(name));

  it("of a broken formula in a comment says what is wrong with the formula", () => {
    expect(() => point(highlight("x^2 + "))).toThrow(SourceError);
  });

  it("that is neither says so, where it is", () => {
    try {
      point(highlight("0.1"));
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(SourceError);
      const [diagnostic] = (error as SourceError).diagnostics;
      expect(diagnostic).toMatchObject({
        code: "E120", message: "What is highlighted is neither a function nor a formula.",
        range: { start: { line: 1, character: 13 }, end: { line: 1, character: 16 } },
      });
      expect(diagnostic?.hint).toBeTruthy();
    }
  });
});

describe("in a program, a cursor", () => {
  const cursorAt = (text: string) => ({ start: plain.indexOf(text), end: plain.indexOf(text) });

  it("in the code of a function is that function", () => expect(point(cursorAt("return inner"))).toBe("loss"));
  it("in plain code outside is nothing", () => expect(() => point(cursorAt("const rate"))).toThrow("The cursor is not in a function"));
});

describe("a function found before", () => {
  it("is found again by its name, wherever the selection has gone", () => {
    expect(point({ start: 0, end: 0 }, "typescript", "other")).toBe("other");
  });

  it("that has another name now is found where the selection is", () => {
    expect(point(highlight("inner"), "typescript", "renamed", ["renamed", "other"])).toBe("loss");
  });

  it("that is gone does not give way to one that was there beside it", () => {
    expect(() => point(highlight("inner"), "typescript", "deleted", ["deleted", "loss"])).toThrow("“deleted” is not here any more");
    expect(() => point({ start: 0, end: 0 }, "typescript", "deleted", ["deleted"])).toThrow("“deleted” is not here any more");
  });
});

describe("elsewhere", () => {
  it("a highlight is a formula", () => expect(point(highlight("x^2 + y^2"), "math")).toBe("math"));
});
