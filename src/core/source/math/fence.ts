import { refuse } from "./refuse";
import { isFunctionName } from "./functions";
import { isProductOf, loneLetters } from "./names";
import { endsOperand, isMark, isOperatorWord, spanOf, type Token } from "./token";

const refused: readonly { marks: readonly string[]; code: string; message: string; hint: string }[] = [
  { marks: ["\"", "`"], code: "E107", message: "Text in quotes is not a number.", hint: "Highlight the formula alone." },
  { marks: ["\\"], code: "E101", message: "This is LaTeX, not plain mathematics.", hint: "Write it plainly, such as (x^2 + 1)/2." },
  { marks: ["$", "@", "#", ".", "..", "=>", "->", "↦"], code: "E100", message: "This mark has no meaning in an expression.", hint: "Highlight the formula alone." },
];

const beyond: Record<string, string> = {
  "∂": "A derivative cannot stand in a formula.", "∇": "A derivative cannot stand in a formula.", "∫": "An integral cannot be read.", "∮": "An integral cannot be read.",
  "±": "± is two formulas at once.", "∓": "∓ is two formulas at once.", "→": "A limit cannot be read.", "≈": "This is an approximation, not a function to minimise.",
};
const strayWords = new Set(["if", "else", "then", "otherwise", "while", "import", "require", "return", "lim"]);
const units = new Set("nm mm cm km mg kg ms min hr Hz kHz MHz Pa kPa eV keV mol cd inch inches feet ft mile miles lb lbs oz degC degF".split(" "));

/** Finds what no mathematical expression holds, before mathjs reads it as something else. */
export function fence(tokens: readonly Token[], isKnown: (name: string) => boolean): void {
  const prose = adjacentWords(tokens, isKnown);
  if (prose) refuse("E122", spanOf(prose), "This reads as words, not as a formula.", "Highlight only the formula, such as x^2 + y^2.");
  const joining = tokens.find((token) => isConnective(token) && !isKnown(token.text));
  if (joining) refuse("E122", joining.span, "This reads as words, not as a formula.", "Highlight only the formula, such as x^2 + y^2.");
  for (const [i, token] of tokens.entries()) {
    if (token.text === "d" && isMark(tokens[i + 1], "/") && /^d\p{L}?$/u.test(tokens[i + 2]?.text ?? "") && !isKnown("d")) {
      refuse("E101", spanOf(tokens.slice(i, i + (tokens[i + 2]?.text === "d" ? 4 : 3))), "A derivative cannot stand in a formula.", "Highlight the function itself: Downhill derives it.");
    }
    const meant = Object.hasOwn(beyond, token.text) ? beyond[token.text] : undefined;
    if (token.kind === "word" && meant !== undefined) refuse("E101", token.span, meant, "Highlight the function itself, such as x^2 + y^2.");
    if (token.kind === "name" && !isKnown(token.text) && strayWords.has(token.text)) {
      refuse("E100", token.span, `The word ${token.text} cannot be read here.`, "Write a choice as x if x > 0 else 0, or x > 0 ? x : 0.");
    }
    if (token.kind === "name" && tokens[i - 1]?.kind === "number" && units.has(token.text) && !isKnown(token.text) && !isMark(tokens[i + 1], "(")) {
      refuse("E101", token.span, `${token.text} is read as a unit, and Downhill reads plain numbers, without units.`, `Leave it out, or give it a value: ${token.text} = 1.`);
    }
    if (token.kind === "word") refuse("E100", token.span, `${JSON.stringify(token.text)} is not a mathematical name.`, "Use Latin or Greek letters.");
    const found = refused.find(({ marks }) => isMark(token, ...marks));
    if (found) refuse(found.code, token.span, found.message, found.hint);
  }
  let lists = 0;
  tokens.forEach((token, i) => {
    lists += isMark(token, "[") ? 1 : isMark(token, "]") ? -1 : 0;
    if (isMark(token, ";") && lists <= 0) refuse("E100", token.span, "This mark has no meaning in an expression.", "Highlight the formula alone.");
    if (isMark(token, "′") || (isMark(token, "'") && (isMark(tokens[i + 1], "(", "'") || !endsOperand(tokens[i - 1])))) {
      const quoted = isMark(token, "'") && !endsOperand(tokens[i - 1]);
      if (quoted) refuse("E107", token.span, "Text in quotes is not a number.", "Highlight the formula alone.");
      refuse("E101", token.span, "A derivative cannot stand in a formula.", "Highlight the function itself: Downhill derives it.");
    }
    if (isMark(token, "∈")) refuse("E100", token.span, "The ∈ sign has no meaning here.", "Leave the set out.");
  });
  const stray = tokens.find((token, i) => token.kind === "name" && token.text.startsWith("_") && tokens[i - 1]?.span.end === token.span.start && isMark(tokens[i - 1], ")", "]", "!"));
  if (stray) refuse("E100", stray.span, "This subscript belongs to nothing.", "Give what stands before it a name, and write a_1.");
  const [only] = tokens;
  if (tokens.length === 1 && only && isProseWord(only, isKnown)) refuse("E122", only.span, "This is a word, not a formula.", only.text.length > 3 ? "Highlight a formula, such as x^2 + y^2." : `Highlight a formula, such as x^2 + y^2; a product is written ${[...only.text].join(" ")}.`);
  const percent = tokens.find((token, i) => isMark(token, "%") && (!tokens[i + 1] || (tokens[i + 1]?.kind === "mark" && !isMark(tokens[i + 1], "(", "-", "|", "√", "∛", "∜"))));
  if (percent) refuse("E101", percent.span, "A percent sign after a number cannot be read.", "Write 5% as 0.05; a % b is the remainder.");
}

// Trees are walked recursively, here and in mathjs; no formula that a person wrote comes near these.
const mostTokens = 20_000;
const deepest = 100;
const mostTerms = 1000;

/** Refuses what is too long or too deep for everything that follows. */
export function withinReason(tokens: readonly Token[]): void {
  if (tokens.length > mostTokens) refuse("E101", spanOf(tokens), `This formula has ${tokens.length} parts; the most that can be read is ${mostTokens}.`, "Write it as a program with a loop.");
  let depth = 0;
  let chained = 0;
  const terms: number[] = [0];
  let run = 0;
  let choices = 0;
  for (const [i, token] of tokens.entries()) {
    if (isMark(token, "(", "[", "{")) terms[++depth] = 0;
    else if (isMark(token, ")", "]", "}")) depth--;
    const level = Math.max(0, depth);
    if (isMark(token, "+", "-", "*", "/")) terms[level] = (terms[level] ?? 0) + 1;
    if ((terms[level] ?? 0) > mostTerms) refuse("E101", token.span, `A sum or product of more than ${mostTerms} parts cannot be read.`, "Write it as a program with a loop.");
    // Factors side by side, and choices in words, are sums and brackets without marks.
    run = token.kind === "mark" ? 0 : run + 1;
    if (/^(?:if|for|when|otherwise|else)$/.test(token.text)) choices++;
    if (run > mostTerms || choices > deepest) refuse("E101", token.span, run > mostTerms ? `A product of more than ${mostTerms} parts cannot be read.` : "This formula has too many cases to be read.", "Write it as a program.");
    // Towers of powers and runs of signs nest too, without brackets.
    if (isMark(token, "^", "?") || (token.kind === "name" && tokens[i - 1]?.kind === "name" && isFunctionName(token.text)) || (isMark(token, "-", "+", "!", "'", "√", "∛", "∜") && tokens[i - 1]?.kind === "mark")) chained++;
    else if (isMark(token, "+", "-", "*", "/", ",", "=")) chained = 0;
    if (depth > deepest || chained > deepest) refuse("E101", token.span, "This formula is nested too deeply to be read.", "Give its parts names on lines of their own.");
  }
}

/** Two unknown words side by side: prose, which implicit multiplication would otherwise accept. */
function adjacentWords(tokens: readonly Token[], isKnown: (name: string) => boolean): [Token, Token] | undefined {
  for (let i = 0; i + 1 < tokens.length; i++) {
    const [first, second] = [tokens[i], tokens[i + 1]];
    // "and not" is as much an operator as each of them.
    if (isOperatorWord(first) && isOperatorWord(second)) continue;
    if (first && second && isProseWord(first, isKnown) && isProseWord(second, isKnown)) return [first, second];
  }
  return undefined;
}

/** Does the text hold what can only be words: those of another script, a dash between clauses, or two side by side? */
export function hasWords(tokens: readonly Token[]): boolean {
  const foreign = tokens.some(isForeignWord);
  const isProduct = isProductOf(loneLetters(tokens));
  return foreign || tokens.some(isConnective) || adjacentWords(tokens, (name) => readWords.has(name) || isProduct(name)) !== undefined;
}

/** A word of a script that mathematics is not written in, or the dash between clauses. */
export const isForeignWord = ({ kind, text }: Token): boolean => kind === "word" && /^(?:[\p{L}\p{M}\p{N}]+|—)$/u.test(text) && !/[ℂℕℙℚℝℤ]/.test(text) && !Object.hasOwn(beyond, text);

/** Words that are never names, and join what is no formula. */
const isConnective = (token: Token): boolean => token.kind === "name" && connectives.has(token.text);
const connectives = new Set(["the", "of", "is", "are", "has", "by", "that", "which", "we"]);

/** Words that formulas themselves are written with: sum(x^i for i in range(3)), x if x > 0 else 0. */
const readWords = new Set(["for", "in", "range", "to", "if", "then", "else", "otherwise", "when", "where", "with", "given", "and", "or", "not", "mod", "xor"]);

const joiningWords = new Set(["is", "the", "of", "and", "or", "with", "where", "for", "to", "in", "an", "at", "has", "let", "then"]);

export function isProseWord(token: Token, isKnown: (name: string) => boolean): boolean {
  if (token.kind === "word") return true;
  return token.kind === "name" && /^\p{L}{2,}$/u.test(token.text) && !isKnown(token.text) && !isFunctionName(token.text) && !isGreekName(token.text);
}

export const isJoiningWord = (token: Token): boolean => token.kind !== "mark" && joiningWords.has(token.text.toLowerCase());

const greek = new Set((
  "alpha beta gamma delta epsilon varepsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon phi varphi chi psi omega "
  + "Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega"
).split(" "));

export const isGreekName = (name: string): boolean => greek.has(name);
