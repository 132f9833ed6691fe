import type { Block, For, Statement } from "../ir/types";
import { notRunAgain } from "./checkpoints";
import type { Normal } from "./normalise";
import type { Restorer } from "./restorer";
import type { Structure } from "./structure";
import type { Tape } from "./tapes";
import { without } from "./without";

/** The forward sweep: the program, and what it saves for the way back. */
export class ForwardSweep {
  /** What is kept of each loop that runs again in segments. */
  readonly checkpoints = new Map<For, Tape>();

  constructor(private readonly structure: Structure, private readonly restorer: Restorer, private readonly normal: Normal) {}

  of(block: Block): Block {
    const { before, after, atHead } = this.restorer;
    const out: Statement[] = [...(atHead.get(block) ?? [])];
    for (const statement of block) {
      out.push(...(before.get(statement) ?? []), this.statement(statement), ...(after.get(statement) ?? []));
    }
    return out;
  }

  private statement(statement: Statement): Statement {
    if (statement.kind === "for" && this.checkpoints.has(statement)) {
      // Only its checkpoints are kept: what its reverse needs is saved when a segment is run again.
      return { ...statement, body: [...(this.restorer.atHead.get(statement.body) ?? []), ...(this.checkpoints.get(statement)?.save ?? []), ...statement.body] };
    }
    switch (statement.kind) {
      case "if": return { ...statement, then: this.of(statement.then), else: this.of(statement.else) };
      case "for":
      case "while": return { ...statement, body: this.of(statement.body) };
      default: return statement;
    }
  }

  /** Puts before the reverse of each segment the segment itself, from its checkpoint on. */
  again(code: Block, backwards: number): Block {
    const loop = this.structure.root.block[this.structure.root.block.length - 1 - backwards];
    const state = loop?.kind === "for" ? this.checkpoints.get(loop) : undefined;
    if (loop?.kind !== "for" || !state) return code;
    const head = new Set(this.restorer.atHead.get(loop.body) ?? []);
    const again = without(this.of(loop.body).filter((statement) => !head.has(statement)), notRunAgain(loop, this.normal));
    return code.map((statement) => (statement.kind === "for" ? { ...statement, body: [...state.restore, ...again, ...statement.body] } : statement));
  }
}
