/** What texts on optimisation call what the code has full names for. */
const symbols: Readonly<Record<string, string>> = {
  learningRate: "\\eta", momentum: "\\beta", dampening: "\\tau", weightDecay: "\\lambda", epsilon: "\\varepsilon",
  beta1: "\\beta_1", beta2: "\\beta_2", alpha: "\\alpha", rho: "\\rho", learningRateDecay: "\\kappa", momentumDecay: "\\psi",
  etaMinus: "\\eta^{-}", etaPlus: "\\eta^{+}", stepSizeMin: "\\Delta_{\\min}", stepSizeMax: "\\Delta_{\\max}",
  velocity: "b", vMax: "\\hat v", sum: "s", delta: "\\delta", mu: "\\mu_t", muNext: "\\mu_{t+1}", muProduct: "\\pi_t", previous: "g_{-}",
  rhoInfinity: "\\rho_\\infty", stepSize: "\\Delta", direction: "d", stepLength: "\\alpha", inverseHessian: "\\hat H^{-1}", shift: "\\lambda",
  step: "s", turn: "y", before: "g_{-}", beta: "\\beta",
};

export function symbolOf(name: string): string {
  return symbols[name] ?? (name.length === 1 ? name : `\\mathrm{${name}}`);
}
