import { expect, it } from "vitest";
import { proseAt } from "../../../src/worker/proseAt";

/** `|` marks the offset. */
function at(marked: string): boolean {
  const offset = marked.indexOf("|");
  return proseAt(marked.slice(0, offset) + marked.slice(offset + 1), offset);
}

it.each([
  "// the bowl |x^2 + y^2", "const a = 1; // x^2|", "/* x^2 |+ y^2 */ f()", "/** @see x|^2\n */", "const s = 'x^|2';",
  'say("it\'s x|^2")', "`x^|2`", "`${a} and x|^2`", "`${ {a: `${b}`} } x|^2`", "const half = a / 2; // x|^2",
  "const r = /['\"]/; // x|^2", "return /[/']/.test(s) // x|^2", "'\\'x|^2'", "'unclosed x|^2", "/* unclosed x|^2",
])("is prose: %s", (marked) => expect(at(marked)).toBe(true));

it.each([
  "|x * x", "const a = 1|; // x^2", "/* note */ x *| x", "'text' + x| * x", "`${x| * x}`", "`a` + x|", "a / b / x|",
  "const r = /\"/; x| * x", "(a) / 2 + x|", "// note\nx| * x", "'unclosed\nx| * x", "`${ {a: 1} }` + x|", "const s = 'x^2'|;",
])("is code: %s", (marked) => expect(at(marked)).toBe(false));
