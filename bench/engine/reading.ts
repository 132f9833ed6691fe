import { compile, type Language, readProgram } from "../../src/core/index";
import type { Table } from "../run";
import { inTurn, median, milliseconds, time } from "./measure";
import { resolveFile, textOf } from "./source";

const folder = "test/fixtures/typescript/";
const largest = 5;

interface Case { path: string; language: Language; function: string; unknowns?: string[]; samples?: { args: unknown[] }[] }

/** From text to value, gradient and Hessian-vector product, each run once: the first time (nothing warm), and as a rule. */
export function reading(): Table {
  const { cases } = JSON.parse(textOf(`${folder}programs.json`)) as { cases: Case[] };
  const files = [...new Set(cases.flatMap(({ path, samples }) => (samples ? [path] : [])))];
  const chosen = files.sort((a, b) => textOf(`${folder}programs/${b}`).length - textOf(`${folder}programs/${a}`).length).slice(0, largest);
  const rows = cases.filter(({ path, samples }) => samples && chosen.includes(path)).map(read);
  return { name: `From text to kernels that have run once: the ${largest} longest programs people wrote (wanted: under 50 ms)`, rows: [...rows, ...[1000, 10_000].map(straightLine)] };
}

function read({ path, language, function: name, unknowns, samples }: Case): Table["rows"][number] {
  const uri = `${folder}programs/${path}`;
  const text = textOf(uri);
  const options = { start: samples?.[0]?.args ?? [], ...(unknowns ? { variables: unknowns } : {}) };
  const once = (): number => milliseconds(() => {
    const objective = compile(readProgram({ text, language, uri, resolve: resolveFile }), name, options);
    return objective.value(objective.start) + sum(objective.gradient(objective.start)) + sum(objective.hessianVector(objective.start, objective.start));
  });
  const first = once();
  const later = median(Array.from({ length: 7 }, once));
  return { label: `${path.replace("ts/", "")}: ${name}`, value: `${first.toFixed(1)} ms at first, ${later.toFixed(1)} ms as a rule (${text.split("\n").length} lines)` };
}

/** So many operations one after the other, each its own line. */
function straightLine(operations: number): Table["rows"][number] {
  const lines = Array.from({ length: operations / 4 }, (_, k) => `  const a${k + 1} = a${k} * 0.999 + y * (x - ${k});`);
  const text = `export function chain(x: number, y: number) {\n  const a0 = x;\n${lines.join("\n")}\n  return a${lines.length};\n}`;
  const start = performance.now();
  const objective = compile(readProgram({ text, language: "typescript" }), "chain", { start: [0.3, 0.7] });
  const g = new Float64Array(2);
  objective.valueAndGradient(objective.start, g);
  const first = performance.now() - start;
  const [gradient = NaN] = inTurn([(calls) => { let s = 0; for (let k = 0; k < calls; k++) s += objective.valueAndGradient(objective.start, g); return s; }], { warmUp: 2000 });
  return {
    label: `${operations} operations in a row`,
    value: `${first.toFixed(1)} ms to the first gradient (wanted: ${operations === 1000 ? 5 : 30}); then ${time(gradient)}, ${(gradient / operations).toFixed(2)} ns an operation`,
  };
}

const sum = (numbers: Float64Array): number => numbers.reduce((total, each) => total + each, 0);
