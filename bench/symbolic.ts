import { readFileSync } from "node:fs";
import path from "node:path";
import { derivative } from "mathjs";
import { root } from "../scripts/lib/paths.mjs";
import { readMath } from "../src/core/source/math/readMath";
import { closedForm } from "../src/core/symbolic/closedForm";
import type { DerivationStep } from "../src/core/symbolic/formula";
import { median, milliseconds, time } from "./engine/measure";
import type { Bench } from "./run";

interface Case {
  text: string;
  names: readonly string[];
}

/** Quick ones are repeated, and the fastest counts: what else the machine does is not their time. */
const ROUNDS = 5;
/** mathjs simplifies longer ones for seconds. */
const LONGEST_FOR_PEER = 60;

const read = (file: string): { cases: Record<string, unknown>[] } =>
  JSON.parse(readFileSync(path.join(root, "test/fixtures", file), "utf8")) as { cases: Record<string, unknown>[] };

function cases(file: string, key: string): Case[] {
  const texts = [...new Set(read(file).cases.map((entry) => String(entry[key])))];
  return texts.flatMap((text) => {
    const names = namesIn(text);
    return names ? [{ text, names }] : [];
  });
}

/** The unknowns of a text that has a closed form. */
function namesIn(text: string): readonly string[] | undefined {
  const { fn, coordinates } = lowered(text);
  return closedForm(fn, coordinates).ok ? coordinates : undefined;
}

function lowered(text: string) {
  const program = readMath({ text, language: "math", selection: { start: 0, end: text.length } });
  const { function: fn, coordinates } = program.lower(program.target ?? "", {});
  return { fn, coordinates };
}

/** Everything the formula view shows: the gradient, the Hessian and the derivation of each partial derivative, as text. */
function ours({ text }: Case): number {
  const { fn, coordinates } = lowered(text);
  return fastest(() => {
    const form = closedForm(fn, coordinates);
    if (!form.ok) throw new Error(form.reason);
    const { formula } = form;
    formula.gradient.forEach((entry) => entry.math());
    formula.hessian().forEach((row) => row.forEach((entry) => entry.math()));
    coordinates.forEach((_, k) => print(formula.steps(k)));
  });
}

function print(step: DerivationStep): void {
  step.before.math();
  step.after.math();
  step.children.forEach(print);
}

/** The gradient and the upper half of the Hessian: mathjs shows no steps. Undefined where it refuses. */
function mathjs({ text, names }: Case): number | undefined {
  if (text.length > LONGEST_FOR_PEER) return undefined;
  try {
    return fastest(() => names.forEach((name, i) => {
      const first = derivative(text, name);
      names.slice(i).forEach((other) => derivative(first, other).toString());
    }));
  } catch (refusal) {
    if (refusal instanceof Error) return undefined;
    throw refusal;
  }
}

function fastest(work: () => void): number {
  const first = milliseconds(work);
  const rounds = first > 60 ? 1 : ROUNDS;
  return Math.min(first, ...Array.from({ length: rounds }, () => milliseconds(work)));
}

export async function run(): Promise<Bench> {
  const suites = [
    { name: "derivatives a person would write", all: cases("symbolic/ideals.json", "input") },
    { name: "derivatives from other projects", all: cases("symbolic/derivatives.json", "expr") },
    { name: "functions to minimise", all: cases("engine/problems.json", "expr") },
  ];
  const everything = suites.flatMap(({ all }) => all);
  // V8 compiles on the way; a session that shows a second formula is past that.
  everything.forEach(ours);
  const rows = suites.map(({ name, all }) => {
    const measured = all.map((entry) => ({ entry, own: ours(entry), peer: mathjs(entry) }));
    const slowest = measured.reduce((most, one) => (one.own > most.own ? one : most));
    const both = measured.flatMap(({ own, peer }) => (peer === undefined ? [] : [{ own, peer }]));
    return {
      label: `${name} (${all.length})`,
      value: `median ${show(median(measured.map(({ own }) => own)))}, slowest ${show(slowest.own)} (${shorten(slowest.entry.text)}), `
        + `over 20 ms: ${measured.filter(({ own }) => own > 20).length}; `
        + `mathjs without steps, where it can (${both.length}): median ${show(median(both.map(({ peer }) => peer)))} beside our ${show(median(both.map(({ own }) => own)))}`,
    };
  });
  return { name: "Gradient, Hessian and steps of a formula, as text (wanted: each under 20 ms, median under 3 ms)", rows };
}

const show = (ms: number): string => time(ms * 1e6);
const shorten = (text: string): string => (text.length > 40 ? `${text.slice(0, 37)}…` : text);
