const greek = new Set([
  "alpha", "beta", "gamma", "delta", "epsilon", "varepsilon", "zeta", "eta", "theta", "vartheta", "iota", "kappa", "lambda", "mu", "nu", "xi",
  "pi", "rho", "sigma", "tau", "upsilon", "phi", "varphi", "chi", "psi", "omega",
  "Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Upsilon", "Phi", "Psi", "Omega",
]);
const accents = new Map([["hat", "\\hat"], ["bar", "\\bar"], ["tilde", "\\tilde"], ["dot", "\\dot"]]);

/**
 * A coordinate's path as the formulas name it: "w[0]" is w₀, "theta_1" is θ₁, "params.bias[3]" is bias₃, "w_hat" wears a
 * hat. The left sides must read as the right sides do, which are printed by the engine.
 */
export function coordinateLatex(path: string): string {
  const indices = [...path.matchAll(/\[([^\]]*)\]/g)].map((found) => found[1] ?? "");
  const plain = path.replace(/\[[^\]]*\]/g, "");
  const stem = plain.slice(plain.lastIndexOf(".") + 1);
  const [head = stem, ...rest] = stem.split("_").filter((part) => part !== "");
  const numbered = /^(\D+?)(\d+)$/.exec(head);
  let letter = word(numbered?.[1] ?? head);
  const below = numbered?.[2] === undefined ? [] : [numbered[2]];
  for (const part of rest) {
    const accent = accents.get(part);
    if (accent !== undefined) letter = `${accent}{${letter}}`;
    else below.push(/^\d+$/.test(part) ? part : word(part));
  }
  below.push(...indices);
  return below.length > 0 ? `${letter}_{${below.join(",")}}` : letter;
}

function word(text: string): string {
  if (greek.has(text)) return `\\${text}`;
  if (/^[\p{L}\p{N}]$/u.test(text)) return text;
  if (/^[$_]$/.test(text)) return `\\${text}`;
  return `\\mathrm{${text.replace(/[^\p{L}\p{N}]/gu, "")}}`;
}
