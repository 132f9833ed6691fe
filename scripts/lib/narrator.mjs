/** Says what is being done while it is done, how long it has taken so far, and how long it took. */

const startedAt = Date.now();

/** @param {number} milliseconds */
function seconds(milliseconds) {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

/** @param {string} text */
export function say(text) {
  process.stdout.write(`${text}\n`);
}

export function elapsed() {
  return seconds(Date.now() - startedAt);
}

/**
 * Runs one step: announces it, keeps saying that it is alive, and reports its end.
 * @template T
 * @param {string} title
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  const begun = Date.now();
  say(`▸ ${title}…`);
  // A terminal's line could be rewritten, but what the step itself prints would then be torn: a line now and then is enough.
  const heartbeat = setInterval(() => say(`  … still at it, ${seconds(Date.now() - begun)}`), 5000);
  try {
    const result = await work();
    say(`  done in ${seconds(Date.now() - begun)}`);
    return result;
  } finally {
    clearInterval(heartbeat);
  }
}

/** Something the person has to know or do: a sentence, and a remedy. Shown without a stack trace. */
export class Obstacle extends Error {
  /**
   * @param {string} message
   * @param {string} [remedy]
   */
  constructor(message, remedy) {
    super(remedy ? `${message}\n  → ${remedy}` : message);
  }
}

/**
 * Runs a script's main function; an obstacle is told in its own words, anything else with its stack.
 * @param {() => Promise<number | undefined>} main the process's exit code, or undefined to stay alive
 */
export function runMain(main) {
  main().then(
    (code) => {
      if (code !== undefined) process.exit(code);
    },
    (error) => {
      process.stderr.write(`\n${error instanceof Obstacle ? error.message : error?.stack ?? error}\n`);
      process.exit(1);
    },
  );
}
