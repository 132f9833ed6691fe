import type { CodeDialect } from "../src/shared/protocol";

export type TokenKind = "keyword" | "number" | "string" | "comment" | "name" | "plain";

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
}

const script = "abstract|as|boolean|break|case|class|const|continue|default|do|else|export|false|for|function|if|import|in|interface|let|new|null|number|of|readonly|return|string|switch|this|throw|true|type|undefined|var|void|while";
const python = "and|as|break|class|continue|def|elif|else|False|float|for|from|if|import|in|int|is|lambda|None|not|or|pass|return|True|while";
const number = String.raw`(?<![\p{L}\p{N}_$])(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?`;
const called = String.raw`[\p{L}_$][\p{L}\p{N}_$]*(?=\s*\()`;

const grammars: Readonly<Record<CodeDialect, RegExp>> = {
  typescript: scriptGrammar(),
  javascript: scriptGrammar(),
  python: new RegExp(String.raw`(?<comment>#[^\n]*)|(?<string>"""[^]*?"""|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')|(?<keyword>\b(?:${python})\b)|(?<number>${number})|(?<name>${called})`, "gu"),
  latex: new RegExp(String.raw`(?<comment>%[^\n]*)|(?<keyword>\\(?:[A-Za-z]+|.))|(?<number>${number})`, "gu"),
  math: new RegExp(String.raw`(?<number>${number})|(?<name>${called})`, "gu"),
};

function scriptGrammar(): RegExp {
  return new RegExp(String.raw`(?<comment>//[^\n]*|/\*[^]*?\*/)|(?<string>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|${"`"}(?:\\.|[^\\${"`"}])*${"`"})|(?<keyword>\b(?:${script})\b)|(?<number>${number})|(?<name>${called})`, "gu");
}

/** Splits code into what an editor would give different colours; the texts together are the code again. */
export function highlightCode(code: string, dialect: CodeDialect): Token[] {
  const tokens: Token[] = [];
  let end = 0;
  for (const match of code.matchAll(grammars[dialect])) {
    if (match.index > end) tokens.push({ kind: "plain", text: code.slice(end, match.index) });
    const kind = (["comment", "string", "keyword", "number", "name"] as const).find((each) => match.groups?.[each] !== undefined);
    tokens.push({ kind: kind ?? "plain", text: match[0] });
    end = match.index + match[0].length;
  }
  if (end < code.length) tokens.push({ kind: "plain", text: code.slice(end) });
  return tokens;
}
