const greek = new Set([
  "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu", "xi", "pi", "rho",
  "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega", "Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Phi", "Psi", "Omega",
]);

/** "w[0]" is w₀, "theta_1" is θ₁, "params.bias[3]" is params.bias₃, as TeX. */
export function coordinateLatex(path: string): string {
  return path
    .split(".")
    .map((part) => {
      const indices = [...part.matchAll(/\[(\d+)\]/g)].map((match) => match[1] ?? "");
      const name = part.replace(/\[\d+\]/g, "");
      const trailing = /^(.*[A-Za-z\u0370-\u03ff])_?(\d+)$/.exec(name);
      const base = identifierLatex(trailing?.[1] ?? name);
      const subscripts = [...(trailing?.[2] === undefined ? [] : [trailing[2]]), ...indices];
      return subscripts.length > 0 ? `${base}_{${subscripts.join(",")}}` : base;
    })
    .join(".");
}

function identifierLatex(name: string): string {
  if (greek.has(name)) return `\\${name}`;
  if (/^.$/u.test(name)) return name === "_" ? "\\_" : name;
  return `\\mathrm{${name.replace(/[\\{}$&#^_%~]/g, (character) => (character === "\\" || character === "^" || character === "~" ? " " : `\\${character}`))}}`;
}
