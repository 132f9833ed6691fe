import { runMocha } from "./runMocha";

/** Filled in by esbuild.js from this folder's *.test.ts, so that no file can be forgotten. */
declare const IN_HOST_TESTS: readonly string[];

/** What both `@vscode/test-electron` and the embedded workbench call, inside the extension host. */
export async function run(): Promise<void> {
  await runMocha(IN_HOST_TESTS, (name) => import(`./${name}.test.ts`));
}
