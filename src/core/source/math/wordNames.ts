import { afterBracket, endsOperand, isMark, type Token } from "./token";

/**
 * Words of scripts that mathjs has no names in, as names where a line has them for nothing else: 체중(야식, 운동) = 70 + 2·야식. They
 * are names if every one of them stands where an operand stands, and some in arithmetic or at the head of a function. One word that
 * does not makes the line a sentence with a formula in it, whose words stay words.
 */
export function wordNames(tokens: readonly Token[]): Token[] {
  const words = tokens.flatMap((token, i) => (isWord(token) ? [i] : []));
  const headed = headedBy(tokens);
  const names = words.length > 0 && words.every((i) => headed.has(i) || isOperand(tokens, i)) && words.some((i) => headed.has(i) || isCalculatedWith(tokens, i));
  return tokens.map((token) => (names && isWord(token) ? { ...token, kind: "name" } : token));
}

const isWord = ({ kind, text }: Token): boolean => kind === "word" && /^\p{L}[\p{L}\p{M}\p{N}]*$/u.test(text) && !/[ℂℕℙℚℝℤ]/.test(text);

function isOperand(tokens: readonly Token[], i: number): boolean {
  const [before, after] = [tokens[i - 1], tokens[i + 1]];
  const begins = before === undefined || isTimes(tokens, i) || isMark(before, "(", "[", "|", ",", "=", "+", "-", "*", "/", "^", "√");
  const ends = after === undefined || isMark(after, ")", "]", "|", ",", "=", "+", "-", "*", "/", "^", "!");
  return begins && ends;
}

/** "3 야식 + …", but not the word behind "x^2 함수". */
const isTimes = (tokens: readonly Token[], i: number): boolean => tokens[i - 1]?.kind === "number" && !isMark(tokens[i - 2], "^") && tokens[i + 1] !== undefined;

/** A dash also stands between a title and a formula, a comma between words: only these are calculated with for certain. */
function isCalculatedWith(tokens: readonly Token[], i: number): boolean {
  const [before, after] = [tokens[i - 1], tokens[i + 1]];
  const follows = isMark(before, "+", "*", "/", "^") && endsOperand(tokens[i - 2]);
  return follows || isTimes(tokens, i) || isMark(after, "^", "*", "/") || (isMark(after, "+") && tokens[i + 2] !== undefined);
}

/** The name of the function, and its unknowns, in "name(a, b) = …". */
function headedBy(tokens: readonly Token[]): ReadonlySet<number> {
  const [name] = tokens;
  const end = name && (name.kind === "name" || isWord(name)) && isMark(tokens[1], "(") ? afterBracket(tokens, 1) : 0;
  if (end === 0 || !isMark(tokens[end], "=")) return new Set();
  const unknowns = tokens.slice(2, end - 1);
  const listed = unknowns.every((token, k) => (k % 2 === 0 ? token.kind === "name" || isWord(token) : isMark(token, ",")));
  return new Set(listed ? [0, ...unknowns.map((_, k) => k + 2)] : []);
}
