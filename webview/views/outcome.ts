import type { RunSnapshot } from "../../src/shared/protocol";
import { formatShort } from "../format";
import { nameOf } from "../methods";
import { strings } from "../strings";

const words = strings.status;

/** "Converged after 42 steps: " and the rule that ended it, in words. */
export function outcome(run: RunSnapshot): string {
  return sentence(words[run.status](run.iterations, cause(run)));
}

/** Why a run left, in terms of its own function; empty where that is not known. */
export function explanation({ divergence, method, maximize }: RunSnapshot): string {
  if (!divergence) return "";
  const { curvature, at, bound, learningRate, safeLearningRate } = divergence;
  const simple = method === "gd" && bound !== undefined && Math.abs(bound * curvature - 2) < 1e-9;
  return [
    ...(curvature > 0 ? [words.curvature(formatShort(curvature, 3), at)] : []),
    ...(bound !== undefined && bound < learningRate
      ? [words.bound(nameOf(method, maximize), formatShort(bound, 3), formatShort(learningRate, 3), simple)]
      : []),
    ...(safeLearningRate === undefined ? [] : [words.safe(formatShort(safeLearningRate))]),
  ].join(" ");
}

/** What happened on the way that one would want to know, a sentence each. */
export function remarksOf({ remarks, every }: RunSnapshot): string[] {
  const thinned = every > 1 ? [sentence(strings.descent.progress.thinned(every))] : [];
  return [...remarks.map(({ kind, count, first }) => sentence(`${words.when(count, first)}, ${words.remarks[kind]}`)), ...thinned];
}

function cause({ divergence, values, gradientNorms, iterations, rule, reason }: RunSnapshot): string {
  // The engine's own reason would tell here, in one breath, what the explanation tells.
  if (divergence) return words.left[Number.isFinite(values.at(-1) ?? NaN) ? "far" : "value"];
  return words.rule(rule, reason, formatShort(gradientNorms.at(-1) ?? NaN, 2), iterations);
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
