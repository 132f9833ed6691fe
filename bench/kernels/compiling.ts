import { reverse } from "../../src/core/autodiff/reverse";
import { KernelMemory } from "../../src/core/codegen/wasm/memory";
import { KernelModule } from "../../src/core/codegen/wasm/kernelModule";
import { emitKernel } from "../../src/core/codegen/wasm/emitKernel";
import { layOut } from "../../src/core/codegen/wasm/layout";
import { shapeLoops } from "../../src/core/loops/shapeLoops";
import { readProgram } from "../../src/core/source/readProgram";
import { simplify } from "../../src/core/simplify/simplify";
import { median, milliseconds } from "../engine/measure";
import { resolveFile, textOf } from "../engine/source";
import type { Table } from "../run";

const folder = "test/fixtures/typescript/";

interface Case { path: string; language: "typescript" | "javascript"; function: string; unknowns?: string[]; samples?: { args: unknown[] }[] }

/** From text to the instantiated module of value and gradient, for the longest program people wrote and for the largest module. */
export function compiling(): Table {
  const { cases } = JSON.parse(textOf(`${folder}programs.json`)) as { cases: Case[] };
  const measured = cases.filter(({ samples }) => samples).map((each) => {
    const uri = `${folder}programs/${each.path}`;
    const text = textOf(uri);
    const options = { start: each.samples?.[0]?.args ?? [], ...(each.unknowns ? { variables: each.unknowns } : {}) };
    const once = (): number => {
      const primal = simplify(readProgram({ text, language: each.language, uri, resolve: resolveFile }).lower(each.function, options).function);
      const fn = shapeLoops(simplify(reverse(primal).function));
      const memory = new KernelMemory();
      const module = new KernelModule(memory, { hasVectors: true, isStrict: false });
      emitKernel(fn, module, layOut(fn, memory), memory);
      module.instantiate();
      return module.size;
    };
    return { label: `${each.path.replace("ts/", "")}: ${each.function}`, lines: text.split("\n").length, once, size: once() };
  });
  const by = (of: (each: (typeof measured)[number]) => number): (typeof measured)[number][] => [...measured].sort((a, b) => of(b) - of(a)).slice(0, 2);
  const rows = [...new Set([...by(({ lines }) => lines), ...by(({ size }) => size)])].map(({ label, lines, once, size }) => ({
    label, value: `${median(Array.from({ length: 7 }, () => milliseconds(once))).toFixed(1)} ms (${lines} lines, ${(size / 1024).toFixed(1)} kB)`,
  }));
  return { name: "From text to a compiled module of value and gradient (wanted: under 80 ms)", rows };
}
