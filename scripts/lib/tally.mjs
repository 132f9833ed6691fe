import { readFileSync } from "node:fs";
import { Obstacle, say } from "./narrator.mjs";

/** Counts checks, and remembers what failed so that it can be said once more at the end. */
export class Tally {
  passed = 0;
  /** @type {string[]} */
  failures = [];

  /**
   * Something the checks need: having it is no achievement, but if it cannot be had, that is a failure with its reason.
   * @param {string} name
   * @param {() => Promise<unknown>} work
   */
  async need(name, work) {
    try {
      await work();
      return true;
    } catch (error) {
      const message = error instanceof Obstacle ? error.message : String(error instanceof Error ? error.stack : error);
      say(`✘ ${message}`);
      this.failures.push(`${name}: ${message.split("\n")[0]}`);
      return false;
    }
  }

  /**
   * One check that either works or throws.
   * @param {string} name
   * @param {() => Promise<unknown>} work
   */
  async check(name, work) {
    const held = await this.need(name, work);
    if (held) this.passed += 1;
    return held;
  }

  /**
   * Adds what a vitest run wrote with its JSON reporter. Tests that did not run count as failed: nothing is skipped silently.
   * @param {string} stage
   * @param {string} file
   * @param {number} exitCode
   */
  addVitest(stage, file, exitCode) {
    const before = this.failures.length;
    for (const suite of readReport(file)?.testResults ?? []) {
      for (const test of suite.assertionResults) {
        if (test.status === "passed") this.passed += 1;
        else this.failures.push(`${stage}: ${test.fullName}${test.status === "failed" ? "" : ` (${test.status})`}`);
      }
      if (suite.status === "failed" && suite.assertionResults.every(({ status }) => status !== "failed")) {
        this.failures.push(`${stage}: ${suite.name} could not be run: ${(suite.message ?? "").split("\n")[0]}`);
      }
    }
    if (exitCode !== 0 && this.failures.length === before) {
      this.failures.push(`${stage}: vitest ended with code ${exitCode}; what it said is above`);
    }
  }

  /** @returns {number} the exit code */
  report() {
    if (this.failures.length > 0) say(`\nFailed:\n${this.failures.map((failure) => `  ✘ ${failure}`).join("\n")}`);
    say(`\n${this.passed} passed, ${this.failures.length} failed`);
    return this.failures.length === 0 ? 0 : 1;
  }
}

/**
 * @typedef {{ name: string, status: string, message?: string, assertionResults: { fullName: string, status: string }[] }} SuiteResult
 * @param {string} file
 * @returns {{ testResults: SuiteResult[] } | undefined} undefined when vitest ended before it could write one
 */
function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === "ENOENT") return undefined;
    throw error;
  }
}
