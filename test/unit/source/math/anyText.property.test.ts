import { describe, expect, test } from "vitest";
import { interpret } from "../../../../src/core/ir/interpret";
import { type Diagnostic, SourceError } from "../../../../src/core/source/diagnostic";
import { readMath } from "../../../../src/core/source/math/readMath";
import { Random } from "../../support/random";

const tokens = (
  "x y z a b w i n f g e pi 2 3 0.5 1e3 0 + - * / ^ ( ) ( ) [ ] { } | || ‖ ! ' % = == < > <= ≥ ≠ ? : , ; . .. sin cos ln log log_2 sqrt exp sum prod norm dot max min mean abs "
  + "Σ ∑ ∏ _ _{ ^{ √ ∛ ∜ ² ⁻¹ ⁿ ½ x₁ x_i x_1 x_ θ₀ π ∞ · × ÷ − if else for in where otherwise and or not mod to i=1..3 // # f(x)= a=2 let minimize $ ` \" \\ ⌊ ⌋ ⌈ ° ᵀ -> => ↦ := ∈ ℝ 가 나다 "
  + "é 𝑥 ∂ ∫ 🙂 & && ~ @ .* .^ ./ {x,x>0;0,otherwise} det cross transpose std factorial clamp piecewise if( range(1,4) 1..4 NaN Infinity sum( xs[i] xs=[1,2,3] the of d/dx x^T return lambda"
).split(" ");
const formulas = [
  "f(x, y) = (1 - x)^2 + 100 (y - x^2)^2", "s(z) = 1/(1 + e^-z)\n(s(w x + b) - y)^2", "x = [1, 2, 3]\ny = [2, 4, 5]\n1/n Σ_{i=1}^{n} (w x_i + b - y_i)²",
  "A = [[2, 1], [1, 3]]\nb = [1, 0]\nf(x) = ½ xᵀ A x − bᵀ x", "{ x if x > 0; -x otherwise }", "|x - |y|| + ‖[x, y]‖", "sin² x cos 2x + √(x² + y²)", "sum((x - i)^2 for i in range(1, 11))",
  "문제 3. f(x) = x^3 - 3x 의 극값 (단, x > 0)", "a x^2 + b where a = 2 and b = 1", "f: ℝ² → ℝ, f(x, y) = x² + y²", "log_{3}(x) + x mod 3 + x!", "0 < x < 1 ? x : 1/x",
];

/** Tokens at random, or something people write with letters lost, doubled and exchanged. */
function anyText(random: Random): string {
  if (random.next() < 0.5) return Array.from({ length: random.integer(1, 14) }, () => random.pick(tokens)).join(random.pick([" ", "", "\n"]));
  let letters = [...random.pick(formulas)];
  for (let k = random.integer(1, 4); k > 0; k--) {
    const [at, other] = [random.integer(0, letters.length), random.integer(0, letters.length)];
    const kind = random.next();
    if (kind < 0.35) letters.splice(at, 1);
    else if (kind < 0.65) letters.splice(at, 0, ...random.pick(tokens));
    else if (kind < 0.85) letters = [...letters.slice(0, Math.min(at, other)), ...letters.slice(Math.max(at, other))];
    else letters.splice(at, 0, ...[...random.pick(formulas)].slice(0, other));
  }
  return letters.join("");
}

const isWithin = ({ range: { start, end } }: Diagnostic, text: string): boolean => {
  const lines = text.split(/\r\n|\r|\n/);
  const inOrder = start.line < end.line || (start.line === end.line && start.character <= end.character);
  return inOrder && start.character >= 0 && end.line < lines.length && end.character <= (lines[end.line]?.length ?? -1) && start.character <= (lines[start.line]?.length ?? -1);
};

describe("whatever is written", () => {
  test("is read, or refused with a code, a place and a remedy, and at once", () => {
    let [read, refused, slowest] = [0, 0, 0];
    for (let seed = 1; seed <= 1200; seed++) {
      const random = new Random(seed);
      const text = anyText(random);
      const start = random.integer(0, text.length);
      const selection = { start, end: random.next() < 0.5 ? start : Math.min(text.length, start + 20) };
      const began = performance.now();
      try {
        const program = readMath({ text, language: "math", ...(random.next() < 0.3 ? { selection } : {}) });
        const lowered = program.lower(program.target ?? "", {});
        interpret(lowered.function, lowered.start);
        read++;
      } catch (error) {
        if (!(error instanceof SourceError) || !error.diagnostics[0]) throw new Error(`${seed}: ${JSON.stringify(text)}`, { cause: error });
        const [told] = error.diagnostics;
        refused++;
        expect([seed, text, /^E1\d\d$/.test(told.code), isWithin(told, text), told.message.length > 0, (told.hint ?? "").length > 0]).toEqual([seed, text, true, true, true, true]);
      }
      slowest = Math.max(slowest, performance.now() - began);
    }
    expect([read > 60, refused > 600]).toEqual([true, true]);
    expect(slowest).toBeLessThan(2000);
  }, 30_000);
});
