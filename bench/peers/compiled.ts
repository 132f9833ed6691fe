import { execFile, spawnSync } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { root } from "../../scripts/lib/paths.mjs";
import { type Absent, type Peer, answerIn, measuring } from "./peer";

const execute = promisify(execFile);

/** As the issue asks for it, and as C may go when it may do to sums what we do to them: put them together in another order. */
const always = ["-O3", "-march=native"];
const ways = [[], ["-ffast-math"]];

/** The programs of bench/programs/kernels.c by each compiler there is. */
export async function compiled(folder: string): Promise<(Peer | Absent)[]> {
  const compilers = ["gcc", "clang"].map(async (compiler): Promise<(Peer | Absent)[]> => {
    const { status, stdout } = spawnSync(compiler, ["--version"], { encoding: "utf8" });
    if (status !== 0) return [{ label: `C by ${compiler}`, why: `there is no ${compiler} here (Debian: apt-get install ${compiler})` }];
    const version = /\d+\.\d+\.\d+/.exec(stdout)?.[0] ?? "";
    return Promise.all(ways.map(async (more, k) => {
      const flags = [...always, ...more];
      const program = path.join(folder, `${compiler}${k}`);
      await execute(compiler, [...flags, "-o", program, path.join(root, "bench/programs/kernels.c"), "-lm"]);
      return build(["C by", compiler, ...more].join(" "), [version, ...flags].join(" "), program);
    }));
  });
  return (await Promise.all(compilers)).flat();
}

function build(label: string, what: string, program: string): Peer {
  return {
    label,
    what,
    precision: 1e-8,
    async ask({ program: name, file, unknowns, results, dimensions }) {
      return answerIn((await execute(program, [name, file, unknowns, results, measuring, ...dimensions].map(String))).stdout);
    },
    end: () => undefined,
  };
}
