import Mocha from "mocha";
import { resultsMarker } from "./resultsMarker";
import type { InHostResult } from "./resultsMarker";

/** Runs the named test files with mocha's `suite` and `test`, reports on the console, and throws if anything failed. */
export async function runMocha(names: readonly string[], load: (name: string) => Promise<unknown>): Promise<void> {
  if (names.length === 0) throw new Error("There are no in-host tests to run.");
  const mocha = new Mocha({ ui: "tdd", timeout: 30_000, reporter: "min" });
  mocha.suite.emit("pre-require", globalThis, "in-host", mocha);
  for (const name of names) await load(name);
  const results: InHostResult[] = [];
  const failures = await new Promise<number>((resolve) => {
    mocha
      .run(resolve)
      .on("pass", (test) => {
        console.log(`✓ ${test.fullTitle()} (${test.duration ?? 0} ms)`);
        results.push({ title: test.fullTitle() });
      })
      .on("fail", (test, error: Error) => {
        console.log(`✘ ${test.fullTitle()}: ${error.stack ?? error.message}`);
        results.push({ title: test.fullTitle(), error: error.stack ?? error.message });
      })
      .on("pending", (test) => results.push({ title: test.fullTitle(), error: "was skipped" }));
  });
  console.log(resultsMarker + JSON.stringify(results));
  if (failures > 0) throw new Error(`${failures} of ${results.length} in-host tests failed.`);
}
