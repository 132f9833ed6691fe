export interface HostileFormula {
  readonly title: string;
  readonly text: string;
  readonly language: "math" | "typescript";
  /** Where it has a value that is neither endless nor nothing. */
  readonly at: readonly number[];
}

const times = (count: number, part: (i: number) => string): string[] => Array.from({ length: count }, (_, i) => part(i));
const nested = (count: number, around: (inside: string, i: number) => string, inside: string): string =>
  Array.from({ length: count }).reduce<string>((text, _, i) => around(text, i), inside);
const wave = (i: number): string => ["sin", "cos", "exp", "tanh"][i % 4] ?? "sin";
const letters = (count: number): string => times(count, (i) => `x${i}`).join(", ");
const math = (title: string, text: string, at: readonly number[] = [0.7, 1.3]): HostileFormula => ({ title, text, language: "math", at });
const program = (title: string, lines: readonly string[], at: readonly number[] = [0.3, 0.2]): HostileFormula =>
  ({ title, text: `export function f(x: number, y: number) { let a = x * y + 1; ${lines.join(" ")} return a; }`, language: "typescript", at });

/** Input that grows without end where nobody counts. */
export const hostileFormulas: readonly HostileFormula[] = [
  math("a sum of 200 waves", `f(x, y) = ${times(200, (i) => `sin(${i + 1} x) y^${i % 7}`).join(" + ")}`),
  math("a sum of 200 letters and powers", `f(x, y) = ${times(200, (i) => (i % 2 === 0 ? "x" : `y^${(i % 11) + 2}`)).join(" + ")}`),
  math("a sum of three to the thirtieth", "(x + y + z)^30", [0.3, 0.5, 0.4]),
  math("high powers of sums of powers", "((x + y + z)^30 + (x - y)^20)^3", [0.3, 0.5, 0.2]),
  math("fractions within denominators, 15 deep", nested(15, (inside) => `x/(1 + ${inside}/y)`, "x")),
  math("fractions within sums, 15 deep", nested(15, (inside, i) => `(x + ${i})/(y + ${inside})`, "x")),
  math("fractions within numerators, 15 deep", nested(15, (inside, i) => `(${inside})/(y + ${i}x)`, "x")),
  math("a product of 30 variables", `f(${letters(30)}) = ${times(30, (i) => `x${i}`).join(" * ")}`, [0.9, 1.1]),
  math("a chain of 60 functions", nested(60, (inside, i) => `${["sin", "cos", "tanh", "exp"][i % 4] ?? "sin"}(${inside})`, "x")),
  math("a chain of 60 functions of sums", nested(60, (inside, i) => `${["sin", "sqrt", "tanh", "atan"][i % 4] ?? "sin"}(${inside} + y)`, "x")),
  math("a product of 40 differences", times(40, (i) => `(x - ${i + 1} y)`).join("*"), [0.7, 0.01]),
  math("a product of 40 functions", times(40, (i) => `${wave(i)}(${i + 1} x y)`).join("*"), [0.01, 0.02]),
  math("a product of 40 powers", times(40, (i) => `(1 + x^${i + 1}/y)`).join("*"), [0.5, 2]),
  math("a tower of powers", "x^x^x^x^y^x"),
  math("a product of ten maxima", times(10, (i) => `max(x - ${i}, y)`).join("*")),
  program("what doubles twelve times", times(12, () => "a = Math.sin(a) * a;")),
  program("what is squared and added eight times", times(8, () => "a = a * a + a * x;")),
  program("thirty fractions in a row", times(30, () => "a = a / (1 + a * a);")),
  program("choices within choices", times(7, (i) => `if (a > ${i}) a = a * x; else a = a + y;`)),
  program("a product of twelve choices", [`a = ${times(12, (i) => `(x > ${i} ? x * y : x + ${i})`).join(" * ")};`]),
];
