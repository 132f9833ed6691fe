import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { root } from "../../scripts/lib/paths.mjs";

const FLAGS = ["-O3", "-march=native"];
const MILLISECONDS = 250;

export interface CompiledRun {
  /** Nanoseconds a call. */
  readonly time: number;
  readonly value: number;
  /** Of the gradient's elements, each times its place modulo 7 plus 1. */
  readonly checksum: number;
}

/** The programs of bench/programs/kernels.c, if there is a compiler for them. */
export class Compiled {
  private constructor(readonly compiler: string, private readonly folder: string) {}

  /** The first compiler there is; none: undefined. */
  static make(): Compiled | undefined {
    const compiler = ["clang", "gcc", "cc"].find((each) => spawnSync(each, ["--version"]).status === 0);
    if (!compiler) return undefined;
    const folder = mkdtempSync(path.join(tmpdir(), "downhill-kernels-"));
    execFileSync(compiler, [...FLAGS, "-o", path.join(folder, "kernels"), path.join(root, "bench/programs/kernels.c"), "-lm"]);
    return new Compiled(`${compiler} ${FLAGS.join(" ")}`, folder);
  }

  run(name: string, unknowns: ArrayLike<number>, data: readonly number[], results: number, dimensions: readonly number[]): CompiledRun {
    const file = path.join(this.folder, "numbers");
    writeFileSync(file, new Uint8Array(Float64Array.from([...Array.from(unknowns), ...data]).buffer));
    const args = [name, file, unknowns.length, results, MILLISECONDS, ...dimensions].map(String);
    const [time = NaN, value = NaN, checksum = NaN] = execFileSync(path.join(this.folder, "kernels"), args, { encoding: "utf8" }).trim().split(" ").map(Number);
    return { time, value, checksum };
  }

  end(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export const checksumOf = (gradient: Float64Array): number => gradient.reduce((sum, each, k) => sum + each * ((k % 7) + 1), 0);
