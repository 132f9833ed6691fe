const tokens = {
  lineComment: /\/\/[^\r\n]*/y,
  blockComment: /\/\*[^]*?(?:\*\/|$)/y,
  // What is not closed ends with its line: the text may be in the middle of being typed.
  string: /"(?:[^"\\\r\n]|\\[^])*"?|'(?:[^'\\\r\n]|\\[^])*'?/y,
  regex: /\/(?:[^/\\[\r\n]|\\.|\[(?:[^\]\\\r\n]|\\.)*\])+\/[a-z]*/y,
  /** From a backtick, or the brace that ends a hole, to the next hole or the closing backtick. */
  template: /[`}](?:[^`\\$]|\\[^]|\$(?!\{))*(?:`|\$\{|$)/y,
  word: /[\w$]+/y,
  space: /\s+/y,
};

/** Words after which a slash begins a regular expression, not a division. */
const beforeRegex = new Set(["return", "typeof", "case", "in", "of", "delete", "void", "throw", "new", "else", "do", "instanceof"]);

/**
 * Whether an offset of a JavaScript or TypeScript text lies inside a comment or a string: there a highlighted formula is
 * mathematics, whatever function stands around it. A scan, not a parse, so that it works on programs that do not parse.
 */
export function proseAt(text: string, offset: number): boolean {
  const match = (pattern: RegExp, at: number): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0];
  };
  /** Depths of braces at which a template resumes. */
  const holes: number[] = [];
  let depth = 0;
  let operandBefore = false;
  for (let i = 0; i < offset;) {
    const character = text.charAt(i);
    const prose = match(tokens.lineComment, i) ?? match(tokens.blockComment, i) ?? match(tokens.string, i);
    const resumes = character === "}" && holes.at(-1) === depth;
    const chunk = prose ?? (character === "`" || resumes ? match(tokens.template, i) : undefined);
    if (chunk !== undefined) {
      const end = i + chunk.length;
      // The end of a line comment still belongs to it; past a closing delimiter is outside.
      const inside = offset < end || (offset === end && (chunk.startsWith("//") || end === text.length && !/["'`/]$/.test(chunk)));
      if (inside) return true;
      if (resumes) holes.pop();
      const opensHole = prose === undefined && chunk.endsWith("${");
      if (opensHole) holes.push(depth);
      if (!chunk.startsWith("/")) operandBefore = !opensHole;
      i = end;
      continue;
    }
    const skipped = match(tokens.space, i) ?? (operandBefore ? undefined : match(tokens.regex, i));
    const word = match(tokens.word, i);
    if (character === "{") depth++;
    if (character === "}") depth--;
    if (word !== undefined) operandBefore = !beforeRegex.has(word);
    else if (skipped === undefined) operandBefore = character === ")" || character === "]";
    else if (character === "/") operandBefore = true;
    i += word?.length ?? skipped?.length ?? 1;
  }
  return false;
}
