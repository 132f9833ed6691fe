import { ESLint, Linter } from "eslint";
import type { Linter as Rules } from "eslint";
import tseslint from "typescript-eslint";
import { describe, expect, test } from "vitest";
import { root } from "../../../scripts/lib/paths.mjs";

const rule = "@typescript-eslint/no-restricted-imports";
const project = new ESLint({ cwd: root });

/** What the project's own configuration says of one import in one file (which need not exist). */
async function complaints(file: string, code: string): Promise<string[]> {
  const config = (await project.calculateConfigForFile(file)) as { rules: Record<string, Rules.RuleEntry> };
  const entry = config.rules[rule];
  if (!entry) throw new Error(`${file} has no import rules`);
  const messages = new Linter().verify(code, [
    {
      files: ["**/*.ts"],
      languageOptions: { parser: tseslint.parser },
      plugins: { "@typescript-eslint": tseslint.plugin },
      rules: { [rule]: entry },
    },
  ], "file.ts");
  return messages.map(({ message }) => message);
}

describe("The import rules allow", () => {
  test.each([
    ["src/core/source/math/parse.ts", 'import { parse } from "mathjs";'],
    ["src/core/source/typescript/syntax/parse.ts", 'import { parse } from "@babel/parser";'],
    ["src/core/source/math/lower.ts", 'import { call } from "../../ir/build";'],
    ["src/core/rules/tanh.ts", 'import { call } from "../ir/build";'],
    ["src/core/ir/types.ts", 'import type { Span } from "../source/positions";'],
    ["src/core/ir/interpret.ts", 'import { ruleOf } from "../rules/ruleOf";'],
    ["src/core/print/printable.ts", 'import type { Printable } from "../symbolic/formula";'],
    ["src/core/autodiff/reverse.ts", 'import { rules } from "../rules/table";'],
    ["src/core/symbolic/formula.ts", 'import { printer } from "../print/latex";'],
    ["src/core/optimize/methods/adam.ts", 'import type { Objective } from "../../objective";'],
    ["src/core/compile.ts", 'import { reverse } from "./autodiff/reverse";'],
    ["src/worker/open.ts", 'import { compile } from "../core/compile";'],
    ["src/host/panel/panel.ts", 'import * as vscode from "vscode";\nimport type { Language } from "../../core/source/program";'],
    ["webview/store.ts", 'import { commands } from "../src/shared/ids";\nimport type { MethodId } from "../src/core/optimize/types";'],
    ["webview/chart/path.ts", 'import { Chart } from "chart.js";'],
    ["webview/ui/controls.ts", 'import { vsCodeButton } from "@vscode/webview-ui-toolkit";'],
  ])("%s: %s", async (file, code) => {
    expect(await complaints(file, code)).toEqual([]);
  });
});

describe("The import rules forbid", () => {
  test.each([
    ["src/core/ir/build.ts", 'import { parse } from "mathjs";', "mathjs is imported only"],
    ["src/core/source/typescript/syntax/parse.ts", 'import { parse } from "mathjs";', "mathjs is imported only"],
    ["src/core/source/math/parse.ts", 'import { parse } from "@babel/parser";', "TypeScript parser is imported only"],
    ["src/core/ir/build.ts", 'import { rules } from "../rules/table";', "core/ir may import only from itself"],
    ["src/core/source/math/lower.ts", 'import { rules } from "../../rules/table";', "core/source may import only from itself, ir"],
    ["src/core/rules/tanh.ts", 'import { read } from "../source/math/readMath";', "core/rules may import only from itself, ir"],
    ["src/core/print/latex.ts", 'import { execute } from "../symbolic/execute";', "core/print may import only from itself, ir, rules"],
    ["src/core/autodiff/reverse.ts", 'import { run } from "../optimize/run";', "core/autodiff may import only"],
    ["src/core/optimize/run.ts", 'import { view } from "../landscape/window";', "core/optimize may import only"],
    ["src/core/ir/build.ts", 'import { readFileSync } from "node:fs";', "no Node built-ins"],
    ["src/core/compile.ts", 'import * as vscode from "vscode";', "vscode is imported only"],
    ["src/core/compile.ts", 'import { rpc } from "../shared/rpc";', "core is pure"],
    ["src/shared/rpc.ts", 'import { compile } from "../core/compile";', "only types of core"],
    ["src/shared/rpc.ts", 'import { panel } from "../host/panel/panel";', "knows none of them"],
    ["src/worker/open.ts", 'import * as vscode from "vscode";', "vscode is imported only"],
    ["src/worker/open.ts", 'import { panel } from "../host/panel/panel";', "never knows VS Code"],
    ["src/host/commands.ts", 'import { compile } from "../core/compile";', "only types of core"],
    ["src/host/commands.ts", 'import { open } from "../worker/open";', "meet only in shared"],
    ["src/host/commands.ts", 'import katex from "katex";', "only in the webview"],
    ["webview/store.ts", 'import { compile } from "../src/core/compile";', "only types of core"],
    ["webview/store.ts", 'import { Chart } from "chart.js";', "only under webview/chart"],
    ["webview/chart/path.ts", 'import { vsCodeButton } from "@vscode/webview-ui-toolkit";', "only by webview/ui/controls.ts"],
    ["webview/ui/slider.ts", 'import { vsCodeButton } from "@vscode/webview-ui-toolkit";', "only by webview/ui/controls.ts"],
  ])("%s: %s", async (file, code, reason) => {
    const found = await complaints(file, code);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(reason);
  });
});
