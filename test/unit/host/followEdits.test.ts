import { describe, expect, it } from "vitest";
import { followEdits } from "../../../src/host/session/followEdits";
import type { TextChange } from "../../../src/host/session/followEdits";

/** `[` and `]` mark the highlight (or `|` the cursor) in both texts; the changes are given by what they replace. */
function follow(marked: string, ...replacements: [find: string, by: string][]): string {
  const cursor = marked.indexOf("|");
  const isHighlight = cursor < 0;
  const start = isHighlight ? marked.indexOf("[") : cursor;
  const end = isHighlight ? marked.indexOf("]") - 1 : cursor;
  const before = marked.replace(/[[\]|]/g, "");
  const changes: TextChange[] = replacements.map(([find, by]) => {
    const [head = "", tail = ""] = find.split("^^");
    const offset = before.indexOf(head + tail) + (find.includes("^^") ? head.length : 0);
    return { offset, removed: find.includes("^^") ? 0 : find.length, inserted: by };
  });
  const after = [...changes].sort((a, b) => b.offset - a.offset)
    .reduce((text, { offset, removed, inserted }) => text.slice(0, offset) + inserted + text.slice(offset + removed), before);
  const now = followEdits({ start, end }, isHighlight, before, changes);
  return isHighlight
    ? `${after.slice(0, now.start)}[${after.slice(now.start, now.end)}]${after.slice(now.end)}`
    : `${after.slice(0, now.start)}|${after.slice(now.start)}`;
}

describe("a highlight", () => {
  it.each<[string, string, [string, string][], string]>([
    ["moves with text typed before it", "a [x^2] b", [["^^a", "see "]], "see a [x^2] b"],
    ["stays where text is typed after it", "a [x^2] b", [["b", "the end"]], "a [x^2] the end"],
    ["grows with what is typed inside", "a [x*y] b", [["x^^*y", "+1"]], "a [x+1*y] b"],
    ["grows with what is typed at its end", "a [x^2] b", [["x^2^^ b", " + y^2"]], "a [x^2 + y^2] b"],
    ["grows with what is typed at its start", "a [x^2] b", [["a ^^x^2", "3 "]], "a [3 x^2] b"],
    ["does not grow past a line break at its end", "[x^2]", [["x^2^^", "\nnext"]], "[x^2]\nnext"],
    ["grows up to a line break at its end", "[x^2]", [["x^2^^", " + 1\nnext"]], "[x^2 + 1]\nnext"],
    ["does not grow before a line break at its start", "[x^2]", [["^^x^2", "title\n"]], "title\n[x^2]"],
    ["shrinks with what is deleted inside", "a [x^2 + y] b", [[" + y", ""]], "a [x^2] b"],
    ["loses its beginning", "abc [x^2 + y]", [["c x^2 + ", ""]], "ab[y]"],
    ["loses its end", "[x^2 + y] end", [[" + y end", ""]], "[x^2]"],
    ["is replaced whole", "a [x^2] b", [["x^2", "sin(t)"]], "a [sin(t)] b"],
    ["is left empty where all of it is deleted", "a [x^2] b", [["x^2", ""]], "a [] b"],
    ["is found again where everything around it is rewritten", "a [x^2] b", [["a x^2 b", "Aa: x^2;"]], "Aa: [x^2];"],
    ["is where the difference is, when its line is replaced", "a [x^2] b", [["a x^2 b", "a x^3 b"]], "a [x^3] b"],
    ["follows several changes at once", "a [x + x] b", [["a", "aaa"], ["b", "c"], ["x + x", "y + y"]], "aaa [y + y] c"],
  ])("%s", (_fact, marked, replacements, expected) => {
    expect(follow(marked, ...replacements)).toBe(expected);
  });

  it("that was emptied grows again with what is typed there", () => {
    expect(followEdits({ start: 2, end: 2 }, true, "a  b", [{ offset: 2, removed: 0, inserted: "y" }])).toEqual({ start: 2, end: 3 });
  });
});

describe("a cursor", () => {
  it.each<[string, string, [string, string][], string]>([
    ["moves with text before it", "function f() { | }", [["function", "export function"]], "export function f() { | }"],
    ["moves past what is typed at it, and stays a cursor", "f() {|}", [["f() {^^}", "return 1"]], "f() {return 1|}"],
    ["stays where text is typed after it", "f|() {}", [["{}", "{ return 1 }"]], "f|() { return 1 }"],
    ["goes to where its surroundings were deleted", "a f|oo b", [["foo ", ""]], "a |b"],
  ])("%s", (_fact, marked, replacements, expected) => {
    expect(follow(marked, ...replacements)).toBe(expected);
  });
});
