import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { expect, it } from "vitest";
import { root } from "../../../scripts/lib/paths.mjs";
import { compile, printGradient, readProgram } from "../../../src/core";
import { importedModules } from "../../../src/host/session/importedModules";
import { defaultDescent, defaultSettings } from "../../../src/shared/defaults";
import type { OpenRequest, RunSnapshot } from "../../../src/shared/protocol";
import { Steering } from "../../../src/shared/steering";
import { filesOf } from "../../../src/worker/filesOf";
import { createHandlers } from "../../../src/worker/handlers";
import { importsOf } from "../../../src/worker/importsOf";
import { callContext } from "../support/callContext";

const folder = path.join(root, "examples");
const uri = pathToFileURL(path.join(folder, "digits.ts")).href;
const text = readFileSync(path.join(folder, "digits.ts"), "utf8");

/** The example as a person opens it, with the files that it names. */
async function opened() {
  const { modules, files } = await importedModules({ uri, text, language: "typescript" }, {
    mentioned: async (source) => ({ specifiers: importsOf(source.text, source.language), files: filesOf(source.text, source.language) }),
    beside: (from, name) => new URL(name, from).href,
    read: async () => undefined,
    readFile: async (file) => (file.endsWith("-ubyte") ? { bytes: new Uint8Array(readFileSync(new URL(file))) } : undefined),
  }, new AbortController().signal);
  const cursor = text.indexOf("crossEntropy(");
  const request: OpenRequest = { id: 1, text, language: "typescript", selection: { start: cursor, end: cursor }, uri, modules, files };
  const handlers = createHandlers({ readProgram, compile, printGradient });
  const result = await handlers.open(request, callContext());
  if (!result.ok) throw new Error(result.diagnostics.map(({ message }) => message).join());
  return { handlers, objective: result.objective };
}

it("the digits are read from their files, and the network learns them by minibatches, with progress, pause and an early end", async () => {
  const { handlers, objective } = await opened();
  expect(objective).toMatchObject({ name: "crossEntropy", dimension: 79_510, startOrigin: "default", datasets: [{ name: "images", rows: 320 }, { name: "labels", rows: 320 }] });
  // Ten classes, of which nothing is known yet.
  expect(objective.atStart.value).toBeCloseTo(Math.log(10), 1);

  const descent = { ...defaultDescent(defaultSettings), learningRate: 0.5, maxIterations: 60, batch: { dataset: "images", size: 64, seed: 1 } };
  const run = await handlers.descend({ objective: 1, descent }, callContext());
  expect(run.iterations).toBe(60);
  const wholes = run.batch?.wholeValues ?? [];
  expect(wholes).toHaveLength(13);
  expect(wholes.at(-1)).toBeLessThan(1);
  // Of so many unknowns only some of the iterates are kept.
  expect(run.values.length).toBeLessThan(30);

  const steering = new Steering();
  const told: RunSnapshot[] = [];
  const running = handlers.descend({ objective: 1, descent: { ...descent, maxIterations: 9380 } }, { ...callContext(), steering, tell: (soFar) => told.push(soFar) });
  while (told.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(told[0]?.progress).toMatchObject({ of: 9380, paused: false });
  steering.set("pause");
  while (told.at(-1)?.progress?.paused !== true) await new Promise((resolve) => setTimeout(resolve, 5));
  steering.set("finish");
  const ended = await running;
  expect(ended).toMatchObject({ status: "cancelled", rule: "user", iterations: told.at(-1)?.iterations });
  expect(ended.iterations).toBeLessThan(9380);
}, 60_000);
