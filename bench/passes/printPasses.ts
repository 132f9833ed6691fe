import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { forward } from "../../src/core/autodiff/forward";
import { reverse } from "../../src/core/autodiff/reverse";
import { functionOf } from "../../src/core/functionOf";
import { readProgram } from "../../src/core/index";
import { printIr } from "../../src/core/ir/printIr";
import type { IrFunction } from "../../src/core/ir/types";
import { shapeLoops } from "../../src/core/loops/shapeLoops";
import { simplify } from "../../src/core/simplify/simplify";

/** What of a function can be compiled. */
const kinds: Record<string, (primal: IrFunction) => IrFunction> = {
  value: (primal) => primal,
  gradient: (primal) => simplify(reverse(primal).function),
  product: (primal) => simplify(forward(simplify(reverse(primal).function))),
};

const [file = "", wanted, kind = "gradient"] = process.argv.slice(2);
const derive = kinds[kind];
if (!existsSync(file) || !derive) throw new Error(`Usage: npm run passes -- <file> [<function> [${Object.keys(kinds).join(" | ")}]]`);

const resolve = (specifier: string, from: string): { uri: string; text: string } | undefined => {
  const base = path.join(path.dirname(from), specifier);
  const uri = ["", ".ts", ".js"].map((extension) => base + extension).find((each) => path.extname(each) !== "" && existsSync(each));
  return uri === undefined ? undefined : { uri, text: readFileSync(uri, "utf8") };
};
const program = readProgram({ text: readFileSync(file, "utf8"), language: file.endsWith(".ts") ? "typescript" : "javascript", uri: file, resolve });
const { read, info } = functionOf(program, wanted ?? program.target ?? program.functions[0]?.name);

let last = "";
const show = (title: string, fn: IrFunction): void => {
  const text = printIr(fn);
  console.log(text === last ? `\n── ${title}: as before` : `\n── ${title}\n${text}`);
  last = text;
};
const lowered = read.lower(info.name, {});
show("as read", lowered.function);
const primal = simplify(lowered.function);
show("simplified", primal);
const fn = derive(primal);
show(kind, fn);
shapeLoops(fn, {}, show);
