import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import { root } from "../../scripts/lib/paths.mjs";
import { type Absent, type Peer, answerIn, measuring } from "./peer";

const label = "PyTorch";
/** One of these has PyTorch, or none is taken to have it. */
const pythons = ["python3", "/usr/bin/python3", "python"];
const why = "no Python here has it (Debian: apt-get install python3-torch libopenblas0-pthread; elsewhere: python3 -m pip install torch)";

/** The programs of bench/programs/kernels.py on one thread and on two; a process each, which stays until all is asked. */
export async function pytorch(): Promise<(Peer | Absent)[]> {
  for (const python of pythons) {
    const started = await Promise.all([1, 2].map((threads) => start(python, threads)));
    const peers = started.filter((each) => each !== undefined);
    if (peers.length > 0) return peers;
  }
  return [{ label, why }];
}

async function start(python: string, threads: number): Promise<Peer | undefined> {
  const env = { ...process.env, OMP_NUM_THREADS: String(threads), OPENBLAS_NUM_THREADS: String(threads), MKL_NUM_THREADS: String(threads) };
  const child = spawn(python, [path.join(root, "bench/programs/kernels.py"), String(threads)], { env, stdio: ["pipe", "pipe", "ignore"] });
  const lines = createInterface({ input: child.stdout });
  const answers = lines[Symbol.asyncIterator]();
  if (!(await isThere(child))) return undefined;
  const introduction = await answers.next();
  if (introduction.done) return undefined;
  const { version, blas } = JSON.parse(introduction.value) as Record<"version" | "blas", string>;
  return {
    label: `${label}, ${threads === 1 ? "one thread" : `${threads} threads`}`,
    what: `${version}, ${blas}`,
    precision: 1e-8,
    async ask({ program: name, file, unknowns, dimensions }) {
      child.stdin.write(`${JSON.stringify({ name, file, unknowns, milliseconds: measuring, dimensions })}\n`);
      const answer = await answers.next();
      if (answer.done) throw new Error(`PyTorch ended at ${name}.`);
      return answerIn(answer.value);
    },
    end: () => child.stdin.end(),
  };
}

async function isThere(child: ChildProcess): Promise<boolean> {
  try {
    await once(child, "spawn");
    return true;
  } catch {
    // Such a program is not on this machine: another may be.
    return false;
  }
}
