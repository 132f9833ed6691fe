import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import path from "node:path";
import type { Table } from "../run";
import { compiled } from "./compiled";
import type { Absent, Peer, Question } from "./peer";
import { pytorch } from "./pytorch";
import { tensorLibraries } from "./tensorLibraries";

/** All whom this machine has to compare with, and whom it has not. */
export class Peers {
  private constructor(private readonly folder: string, readonly present: readonly Peer[], readonly absent: readonly Absent[]) {}

  static async gather(): Promise<Peers> {
    const folder = mkdtempSync(path.join(tmpdir(), "downhill-peers-"));
    const all = (await Promise.all([compiled(folder), pytorch(), tensorLibraries(folder)])).flat();
    return new Peers(folder, all.filter((each) => "ask" in each), all.filter((each) => "why" in each));
  }

  /** A question about these numbers. The file is that of the question asked last. */
  question(program: string, unknowns: ArrayLike<number>, data: readonly number[], results: number, dimensions: readonly number[]): Question {
    const file = path.join(this.folder, "numbers");
    writeFileSync(file, new Uint8Array(Float64Array.from([...Array.from(unknowns), ...data]).buffer));
    return { program, file, unknowns: unknowns.length, results, dimensions };
  }

  table(): Table {
    return {
      name: "Beside whom; behind the time of each stands how much of it ours takes",
      rows: [
        { label: "this machine", value: `${cpus()[0]?.model ?? "?"}, ${cpus().length} cores; busy with ${loadavg()[0]?.toFixed(1) ?? "?"} (all that ran in the last minute)` },
        ...this.present.map(({ label, what }) => ({ label, value: what })),
        ...this.absent.map(({ label, why }) => ({ label, value: `left out: ${why}` })),
      ],
    };
  }

  end(): void {
    for (const peer of this.present) peer.end();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
