import { type Side, inTurn, ratio, time } from "../engine/measure";
import type { Table } from "../run";
import type { Question } from "./peer";
import type { Peers } from "./peers";

/** A row: how long somebody else takes, and how much of that ours does. */
export const row = (label: string, theirs: number, ours: number): Table["rows"][number] => ({ label, value: `${time(theirs).padStart(9)}   ${ratio(ours, theirs).padStart(6)}` });

/**
 * A row a peer. Each computes in a process of its own, so ours is timed again before and after it: a slow moment of the machine
 * is one for both. What is compared must be the same thing, as far as their numbers can hold it.
 */
export async function beside({ present }: Pick<Peers, "present">, question: Question, ours: Side, checksum: number, told = row): Promise<Table["rows"]> {
  const timed = (): number => inTurn([ours], { warmUp: 0 })[0] ?? NaN;
  const rows: Table["rows"] = [];
  let before = timed();
  for (const peer of present) {
    const answer = await peer.ask(question);
    if (!answer) continue;
    if (!(Math.abs(answer.checksum - checksum) <= peer.precision * Math.max(1, Math.abs(checksum)))) {
      throw new Error(`${question.program}: ${peer.label} comes to ${answer.checksum} and ours to ${checksum}.`);
    }
    const after = timed();
    rows.push(told(peer.label, answer.time, (before + after) / 2));
    before = after;
  }
  return rows;
}
