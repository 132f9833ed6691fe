import { readFileSync } from "node:fs";
import path from "node:path";
import { derivative } from "mathjs";
import { root } from "../scripts/lib/paths.mjs";
import { readMath } from "../src/core/source/math/readMath";
import { closedForm } from "../src/core/symbolic/closedForm";
import type { DerivationStep, Formula } from "../src/core/symbolic/formula";
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

const parts = ["gradient", "Hessian", "steps"] as const;
type Times = Record<(typeof parts)[number], number>;

/** What the formula view shows, as text, part by part; the formula itself is told with its gradient. */
function once({ text }: Case): Times {
  const { fn, coordinates } = lowered(text);
  let formula: Formula | undefined;
  const gradient = milliseconds(() => {
    const form = closedForm(fn, coordinates);
    if (!form.ok) throw new Error(form.reason);
    formula = form.formula;
    formula.value.math();
    formula.gradient.forEach((entry) => entry.math());
  });
  return {
    gradient,
    Hessian: milliseconds(() => formula?.hessian().forEach((row) => row.forEach((entry) => entry.math()))),
    steps: milliseconds(() => coordinates.forEach((_, k) => { if (formula) print(formula.steps(k)); })),
  };
}

/** The first time, and the best of several. */
function ours(entry: Case): { first: Times; best: Times } {
  const first = once(entry);
  const rounds = [first, ...Array.from({ length: ROUNDS }, () => once(entry))];
  const least = (part: keyof Times): number => Math.min(...rounds.map((round) => round[part]));
  return { first, best: { gradient: least("gradient"), Hessian: least("Hessian"), steps: least("steps") } };
}

const total = (times: Times): number => times.gradient + times.Hessian + times.steps;

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
  const rows = suites.flatMap(({ name, all }) => {
    const measured = all.map((entry) => ({ entry, ...ours(entry), peer: mathjs(entry) }));
    const both = measured.flatMap(({ best, peer }) => (peer === undefined ? [] : [{ own: total(best), peer }]));
    return [...parts.map((part) => {
      const slowest = measured.reduce((most, one) => (one.best[part] > most.best[part] ? one : most));
      return {
        label: `${name} (${all.length}): ${part}`,
        value: `median ${show(median(measured.map(({ best }) => best[part])))}, slowest ${show(slowest.best[part])} (${shorten(slowest.entry.text)}), `
          + `over 20 ms: ${measured.filter(({ best }) => best[part] > 20).length}; at first use, over 40 ms: ${measured.filter(({ first }) => first[part] > 40).length}`,
      };
    }), {
      label: `${name}: all three beside mathjs`,
      value: `where it can, without steps (${both.length}): median ${show(median(both.map(({ peer }) => peer)))} beside our ${show(median(both.map(({ own }) => own)))}`,
    }];
  });
  return { name: "Gradient, Hessian and steps of a formula, as text (wanted: each under 20 ms, median under 3 ms)", rows };
}

const show = (ms: number): string => time(ms * 1e6);
const shorten = (text: string): string => (text.length > 40 ? `${text.slice(0, 37)}…` : text);
