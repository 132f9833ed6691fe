import { describe, expect, test } from "vitest";
import { SourceError, type Diagnostic } from "../../../../src/core/source/diagnostic";
import { readMath } from "../../../../src/core/source/math/readMath";

/** Undefined where the text is read. Anything but a SourceError is a bug, and fails. */
function refusal(text: string): Diagnostic | undefined {
  try {
    const program = readMath({ text, language: "math" });
    program.lower(program.target ?? "", {});
    return undefined;
  } catch (error) {
    if (error instanceof SourceError && error.diagnostics[0]) return error.diagnostics[0];
    throw error;
  }
}

/** Text, code, the part of the text that is pointed at, and the sentence. */
const refused: [string, string, string, string][] = [
  ["import fs", "E122", "import fs", "This reads as words, not as a formula."],
  ["import(\"fs\")", "E100", "import", "The word import cannot be read here."],
  ["eval(\"1\") + x", "E107", "\"", "Text in quotes is not a number."],
  ["5 cm + x", "E101", "cm", "cm is read as a unit, and Downhill reads plain numbers, without units."],
  ["5 x to 3", "E101", "to", "The operator to cannot be differentiated."],
  ["x if x > 0", "E100", "if", "The word if cannot be read here."],
  ["{x, x > 0}", "E100", "x, x > 0", "These cases do not say what holds otherwise."],
  ["{x, 0}", "E100", "0", "A condition such as x > 0 should stand here."],
  ["if(x > 0, x)", "E100", "if", "The word if cannot be read here."],
  ["f'(x)", "E101", "'", "A derivative cannot stand in a formula."],
  ["x'", "E101", "x'", "A derivative cannot stand in a formula, and only vectors can be transposed."],
  ["∂f/∂x", "E101", "∂", "A derivative cannot stand in a formula."],
  ["∫ x dx", "E101", "∫", "An integral cannot be read."],
  ["x ± 1", "E101", "±", "± is two formulas at once."],
  ["x → 0", "E101", "→", "A limit cannot be read."],
  ["x ∈ ℝ", "E100", "ℝ", "\"ℝ\" is not a mathematical name."],
  ["|x", "E100", "|", "This | is never closed."],
  ["x|", "E100", "|", "This | is never closed."],
  ["‖x", "E100", "‖", "This ‖ is never closed."],
  ["⌊x", "E100", "⌊", "This ⌊ is never closed."],
  ["x⌋", "E100", "⌋", "This ⌋ closes nothing."],
  ["√", "E100", "√", "This root has nothing under it."],
  ["x..y", "E100", "..", "This mark has no meaning in an expression."],
  ["x.y", "E100", ".", "This mark has no meaning in an expression."],
  ["x @ y", "E100", "@", "This mark has no meaning in an expression."],
  ["x, y", "E100", ",", "This comma separates nothing."],
  ["sum(i, 1, 1e12, x)", "E108", "sum(i, 1, 1e12, x)", "This adds up 1000000000000 terms; the most that can be is 100000."],
  ["sum(i, 1, x, i)", "E108", "x", "The bounds of a sum must be whole numbers that are known here."],
  ["Σ_{i} x", "E108", "Σ", "This sum does not say how far it goes."],
  ["Σ_{i=1}^{3}", "E100", "Σ", "This sum has nothing to add up."],
  ["Σ x", "E100", "Σ", "The bounds of this sum cannot be read."],
  ["norm([x, y], 0)", "E101", "norm([x, y], 0)", "The kind of a norm is a number: 1, 2, Infinity."],
  ["[1, 2] + [x, y, 3]", "E105", "[1, 2] + [x, y, 3]", "One of these vectors has 2 elements, the other 3."],
  ["dot([1,2],[x,y,z])", "E105", "dot([1,2],[x,y,z])", "One of these vectors has 2 elements, the other 3."],
  ["cross([x,y],[1,2])", "E105", "cross([x,y],[1,2])", "A cross product is of two vectors of three elements."],
  ["det([x, y])", "E105", "det([x, y])", "A determinant is of a square matrix of at most four rows."],
  ["x = [1,2,3]\nsum(x_i w, i=1..4)", "E102", "x_i", "x has the elements 1 to 3; there is no element 4."],
  ["x = [1,2,3]\nx_5 w", "E102", "x_5", "x has the elements 1 to 3; there is no element 5."],
  ["a = 2\na[1] x", "E105", "a", "a is a number, and has no elements."],
  ["A[j,k] x", "E105", "A[j,k] x", "A vector or matrix is not a number, and has no gradient."],
  ["sum(x[i], i=1..5000)", "E108", "x[i]", "This speaks of the elements 1 to 5000 of x; the most that can be unknown is 1000, from 0 on."],
  ["x[-1]", "E108", "x[-1]", "This speaks of the elements -1 to -1 of x; the most that can be unknown is 1000, from 0 on."],
  ["f(x) = g(x)\ng(x) = f(x)", "E106", "f(x) = g(x)", "f is defined by itself."],
  ["a = b\nb = a\na x", "E106", "a = b", "a is defined by itself."],
  ["f(n) = n f(n-1)\nf(x)", "E106", "f", "f calls itself."],
  ["a(x) = b(x)\nb(x) = c(x)\nc(x) = a(x)\na(t)", "E106", "a(x) = b(x)", "a is defined by itself."],
  ["[1,2;3] x", "E100", "x", "The rows of this matrix differ in length."],
  ["constructor(x)", "E102", "constructor", "There is no function called constructor."],
  ["toString(x)", "E102", "toString", "There is no function called toString."],
  ["hasOwnProperty", "E122", "hasOwnProperty", "This is a word, not a formula."],
  ["日本", "E100", "日本", "\"日本\" is not a mathematical name."],
  ["x🙂", "E100", "🙂", "\"🙂\" is not a mathematical name."],
  ["f(x, x) = x", "E100", "x", "The parameter x is named twice."],
  ["f(2) = 3", "E121", "=", "This is an equation, not a function to minimise."],
  ["[] x", "E105", "[] x", "A vector or matrix is not a number, and has no gradient."],
  ["A=[[1,2],[3,4]]\nA x", "E105", "A x", "A vector or matrix is not a number, and has no gradient."],
  ["f(x)=x^2\nf", "E100", "f", "f is a function, and has no argument here."],
  ["lim x", "E100", "lim", "The word lim cannot be read here."],
  ["minimize x^2 subject to x > 1", "E122", "subject to", "This reads as words, not as a formula."],
  ["sin cos", "E100", "cos", "cos is a function, and has no argument here."],
  ["${x}", "E100", "$", "This mark has no meaning in an expression."],
  ["f(x + 1)", "E102", "f", "There is no function called f."],
  ["sin() + x", "E100", "sin()", "sin is a function, and has no argument here."],
  ["a = a + 1\na x", "E106", "a = a + 1", "a is defined by itself."],
  ["Σ_{i=1}^{3} x - i", "E102", "i", "i counts in a sum, and has no value outside it."],
  ["Σ_{k=1}^{3} x - k", "E102", "k", "k counts in a sum, and has no value outside it."],
  ["norm([x,])", "E100", ",", "Nothing stands after this mark."],
  ["[x, y;]", "E100", ";", "Nothing stands after this mark."],
  ["A = [[x, 1], [2]]\nsum(A[i][1], i=1..2)", "E105", "A[i]", "The rows of A differ in length."],
  ["(x = 2) y", "E100", "=", "An = sign cannot stand inside a formula."],
  ["f(x) = x == 2", "E121", "==", "This is an equation, not a function to minimise."],
  ["d/dx x^2", "E101", "d/dx", "A derivative cannot stand in a formula."],
  ["x ? 1", "E100", "", "The expression ends too early."],
];

describe("what is no formula is refused in a sentence, at its place", () => {
  test.each(refused)("%j", (text, code, place, message) => {
    const found = refusal(text);
    const range = found?.range;
    const line = text.split("\n")[range?.start.line ?? -1];
    expect([found?.code, line?.slice(range?.start.character, range?.end.character), found?.message]).toEqual([code, place, message]);
    expect(found?.hint).toMatch(/\S/);
  });
});

const chain = (count: number, body: (k: number) => string, last: string): string =>
  [...Array.from({ length: count }, (_, k) => `f${k}(x) = ${body(k + 1)}`), last, "f0(x)"].join("\n");
const repeated = (text: string, count: number, middle = "x", after = ""): string => text.repeat(count) + middle + after.repeat(count);

/** Made to exhaust the reader: each is refused, or read, well within the time that a test may take. */
const hostile: [string, string][] = [
  ["square brackets", repeated("[", 500, "x", "]")], ["braces", repeated("{", 500, "x", "}")], ["bars", repeated("|", 400, "x", "|")],
  ["double bars", repeated("‖", 400, "x", "‖")], ["roots", repeated("√", 5000)], ["names of functions", repeated("sin ", 5000)],
  ["factorials", `x${"!".repeat(5000)}`], ["transpositions", `x${"'".repeat(4999)} y`], ["negations", repeated("not ", 3000)],
  ["choices", repeated("x ? 1 : ", 3000)], ["choices in words", repeated("if x>0 then ", 2000)], ["alternatives in words", repeated("x if x>0 else ", 3000)],
  ["sums in sums", repeated("sum(", 90, "x", ", i=1..2)")], ["long sums in long sums", "sum(sum(sum(x,i,1,1000),j,1,1000),k,1,1000)"],
  ["endless sums", "sum(i, 1, 1e300, x)"], ["endless products", "prod(i, 1, Infinity, x)"], ["open subscripts", "x_{".repeat(200)], ["open sums", "Σ_{i=1}^{".repeat(200)],
  ["helpers that call helpers twice", chain(40, (k) => `f${k}(x) + f${k}(x)`, "f40(x) = x")], ["a long chain of helpers", chain(300, (k) => `f${k}(x)`, "f300(x) = x")],
  ["a large determinant", `det([${Array.from({ length: 9 }, () => "[1,2,3,4,5,6,7,8,x]").join()}])`], ["huge factorials", "1000000! x"], ["huge binomials", "binomial(1e9, 1e8) x"],
  ["towers of powers", "9^9^9^9^9^9 x"], ["huge exponents", `x^${"9".repeat(400)}`], ["a name of a hundred thousand letters", "x".repeat(100_000)],
  ["very many factors", "x ".repeat(30_000)], ["very many data", `a=[${"1,".repeat(30_000)}1]\nsum(a x)`], ["names of the language", "__proto__ + constructor"],
];

describe("nothing that is written makes the reader hang or fall over", () => {
  test.each(hostile)("%s", (_, text) => {
    expect(() => refusal(text)).not.toThrow();
  });
});
