/** A path taken apart: "params.w[0][3]" is the name w with indices 0 and 3. */
interface NameParts {
  stem: string;
  indices: readonly string[];
}

function partsOf(path: string): NameParts {
  const indices = [...path.matchAll(/\[([^\]]*)\]/g)].map((found) => found[1] ?? "");
  const plain = path.replace(/\[[^\]]*\]/g, "");
  return { stem: plain.slice(plain.lastIndexOf(".") + 1) || plain, indices };
}

const greek = "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega".split(" ");
const greekLetters: Record<string, string> = {
  α: "alpha", β: "beta", γ: "gamma", δ: "delta", ε: "varepsilon", ϵ: "epsilon", ζ: "zeta", η: "eta", θ: "theta", ϑ: "vartheta", ι: "iota", κ: "kappa", λ: "lambda",
  μ: "mu", ν: "nu", ξ: "xi", π: "pi", ρ: "rho", σ: "sigma", τ: "tau", υ: "upsilon", φ: "varphi", ϕ: "phi", χ: "chi", ψ: "psi", ω: "omega",
  Γ: "Gamma", Δ: "Delta", Θ: "Theta", Λ: "Lambda", Ξ: "Xi", Π: "Pi", Σ: "Sigma", Φ: "Phi", Ψ: "Psi", Ω: "Omega", ℓ: "ell",
};
const accents: Record<string, string> = { hat: "\\hat", bar: "\\bar", tilde: "\\tilde", dot: "\\dot", star: "*", prime: "'" };

/** x1 as x_1, alpha as \alpha, w_hat as \hat{w}, w[0] as w_0, learningRate upright. */
export function latexName(path: string): string {
  const { stem, indices } = partsOf(path);
  const [head = stem, ...rest] = stem.split("_").filter((part) => part !== "");
  const numbered = /^(\D+?)(\d+)$/.exec(head);
  let letter = latexWord(numbered?.[1] ?? head);
  const below: string[] = numbered?.[2] === undefined ? [] : [numbered[2]];
  let above = "";
  for (const part of rest) {
    const accent = Object.hasOwn(accents, part) ? accents[part] : undefined;
    if (accent?.startsWith("\\")) letter = `${accent}{${letter}}`;
    else if (accent !== undefined) above += accent === "'" ? "\\prime" : accent;
    // learning_rate is two words, but x_max an x.
    else if (isWord(head) && isWord(part) && below.length === 0) letter = letter.replace(/\}$/, `\\_${part}}`);
    // A_ij has two indices, x_max one word.
    else below.push(/^(?:\d+|[ijk]{2,3})$/.test(part) ? part : latexWord(part));
  }
  below.push(...indices);
  const subscript = below.join(",");
  const lowered = subscript === "" ? "" : /^.$/u.test(subscript) || /^\\[a-zA-Z]+$/.test(subscript) ? `_${subscript}` : `_{${subscript}}`;
  return letter + lowered + (above === "" ? "" : `^{${above}}`);
}

const isWord = (part: string): boolean => /^\p{L}{2,}$/u.test(part) && latexWord(part).startsWith("\\mathrm");

function latexWord(word: string): string {
  const fromLetter = Object.hasOwn(greekLetters, word) ? greekLetters[word] : undefined;
  if (fromLetter !== undefined) return `\\${fromLetter}`;
  if (greek.includes(word)) return `\\${word}`;
  if ([...word].length === 1) return word;
  return `\\mathrm{${word.replace(/[^\p{L}\p{N}]/gu, "")}}`;
}

// Not the words that values are written with: true, None.
const scriptKeywords = new Set((
  "break case catch class const continue debugger default delete do else enum export extends finally for function if import in instanceof new return switch "
  + "throw try typeof var void while with yield let static await implements interface package private protected public arguments eval"
).split(" "));
/** The path is code already, in the languages it can come from; a formula's names may be words of the language. */
export const codeName = (path: string): string => (scriptKeywords.has(path) ? `${path}_` : path);

const pythonKeywords = new Set((
  "and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield"
).split(" "));
export const pythonName = (path: string): string => (pythonKeywords.has(path) ? `${path}_` : path);

/** w[0] as w_0: plain mathematics has no brackets. */
export function mathName(path: string): string {
  const { stem, indices } = partsOf(path);
  return [stem, ...indices].join("_");
}
