import type { DerivationStep } from "./formula";

const mostLines = 12;

/** Opens steps from the top down, as long as what is then seen stays about a dozen lines. */
export function openSteps(root: DerivationStep): DerivationStep {
  let lines = 1;
  const waiting = [root];
  for (let step = waiting.shift(); step; step = waiting.shift()) {
    const inside = step.children.reduce((sum, child) => sum + linesOf(child), 0);
    if (inside === 0 || lines + inside > mostLines) continue;
    step.open = true;
    lines += inside;
    waiting.push(...step.children);
  }
  return root;
}

/** The step itself, and the line that says how many went the same way. */
const linesOf = (step: DerivationStep): number => (step.alike ? 2 : 1);
