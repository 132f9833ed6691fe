import { parse, type ParserPlugin } from "@babel/parser";
import type { File } from "@babel/types";
import type { Language } from "../../program";
import { Refusal } from "./refusal";

export interface Parsed {
  file: File;
  /** Where the text breaks the grammar, in order. */
  problems: Refusal[];
}

interface SyntaxProblem {
  pos: number;
  reason: string;
}

function asProblem(error: unknown): SyntaxProblem | undefined {
  if (typeof error !== "object" || error === null || !("pos" in error) || typeof error.pos !== "number") return undefined;
  const message = "message" in error && typeof error.message === "string" ? error.message : "";
  return { pos: error.pos, reason: message.replace(/\s*\(\d+:\d+\)$/, "") };
}

/** Reads the grammar. Complaints that do not change what the text means are left to the user's own tools. */
export function parseText(text: string, language: Language): Parsed {
  const plugins: ParserPlugin[] = ["decorators-legacy", "explicitResourceManagement", "importAttributes"];
  if (language === "typescript") plugins.push("typescript");
  const options = {
    sourceType: "unambiguous" as const, plugins, errorRecovery: true, allowReturnOutsideFunction: true, allowAwaitOutsideFunction: true,
    allowSuperOutsideMethod: true, allowUndeclaredExports: true, allowImportExportEverywhere: true, createParenthesizedExpressions: false,
  };
  try {
    const file = parse(text, options);
    const problems = (file.errors ?? [])
      .filter((error) => !isHarmless(error))
      .map((error) => asProblem(error))
      .filter((problem) => problem !== undefined)
      .map((problem) => refuse(problem, text));
    return { file, problems };
  } catch (error) {
    const problem = asProblem(error);
    if (!problem) throw error;
    const file = parse("", options);
    return { file, problems: [refuse(problem, text)] };
  }
}

/** Redeclarations and the like: the evaluator has its own opinion, and an unfinished file elsewhere should not stop us. */
function isHarmless(error: unknown): boolean {
  if (typeof error !== "object" || error === null || !("reasonCode" in error)) return false;
  return ["VarRedeclaration", "ModuleExportUndefined", "DuplicateExport", "StrictDelete", "StrictWith", "StrictOctalLiteral"]
    .includes(String(error.reasonCode));
}

function refuse(problem: SyntaxProblem, text: string): Refusal {
  const at = Math.min(problem.pos, text.length);
  const token = /^[\p{L}\p{N}_$]+|^./su.exec(text.slice(at))?.[0] ?? "";
  const expected = /expected "([^"]+)"/.exec(problem.reason)?.[1];
  if (/Unterminated/.test(problem.reason)) {
    return new Refusal("E100", `This ${/string/.test(problem.reason) ? "string" : "text"} is never closed.`, "Close it.", { start: at, end: at + 1 });
  }
  const message = token.trim() === ""
    ? "The text ends before the statement does."
    : expected ? `Expected "${expected}" before "${token}".` : `"${token}" is not expected here.`;
  const opened = /[([{]/.test(text) && /[;}]/.test(token) ? "Look for a bracket that is not closed." : "Correct the syntax; the last picture stays until then.";
  return new Refusal("E100", message, opened, { start: at, end: at + Math.max(1, token.length) });
}
