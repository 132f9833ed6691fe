import type { ArrayVariable, Local, Statement } from "../ir/types";
import { blocksOf, expressionsOf, walkExpression } from "../ir/visit";

type Variable = Local | ArrayVariable;

/** One piece of code in its original place. Pieces with the same `node` are to be run as one. */
export interface Piece {
  readonly node: number;
  readonly code: readonly Statement[];
}

export type Schedule = { readonly ok: true; readonly order: readonly number[] } | { readonly ok: false; readonly knots: ReadonlySet<number> };

/**
 * An order of nodes in which every read still sees the write it saw when the pieces ran one after the other. Where running
 * pieces as one makes that impossible: the nodes that would have to run before themselves. Additions to one variable commute.
 */
export function schedule(pieces: readonly Piece[]): Schedule {
  const count = 1 + Math.max(-1, ...pieces.map(({ node }) => node));
  const before: Set<number>[] = Array.from({ length: count }, () => new Set());
  const states = new Map<Variable, { writer: number | undefined; readers: Set<number>; adders: Set<number> }>();
  const follows = (node: number, other: number | undefined): void => {
    if (other !== undefined && other !== node) before[node]?.add(other);
  };
  for (const { node, code } of pieces) {
    for (const [variable, access] of accessesOf(code)) {
      const state = states.get(variable) ?? { writer: undefined, readers: new Set(), adders: new Set() };
      states.set(variable, state);
      follows(node, state.writer);
      if (access !== "read") state.readers.forEach((reader) => follows(node, reader));
      if (access !== "add") state.adders.forEach((adder) => follows(node, adder));
      if (access === "read") state.readers.add(node);
      else if (access === "add") state.adders.add(node);
      else {
        state.writer = node;
        state.readers.clear();
        state.adders.clear();
      }
    }
  }
  const found = order(before);
  if (found.length === before.length) return { ok: true, order: found };
  const done = new Set(found);
  return { ok: false, knots: new Set(before.flatMap((_, node) => (!done.has(node) && precedesItself(node, before) ? [node] : []))) };
}

function precedesItself(node: number, before: readonly ReadonlySet<number>[]): boolean {
  const seen = new Set<number>();
  const queue = [...(before[node] ?? [])];
  for (let other = queue.pop(); other !== undefined; other = queue.pop()) {
    if (other === node) return true;
    if (seen.has(other)) continue;
    seen.add(other);
    queue.push(...(before[other] ?? []));
  }
  return false;
}

/** Smallest number first among those whose predecessors are done; nodes on or behind a cycle are left out. */
function order(before: readonly ReadonlySet<number>[]): number[] {
  const after: number[][] = before.map(() => []);
  const waiting = before.map((set) => set.size);
  for (const [node, set] of before.entries()) for (const other of set) after[other]?.push(node);
  const ready = waiting.flatMap((size, node) => (size === 0 ? [node] : []));
  const done: number[] = [];
  while (ready.length > 0) {
    const node = ready.shift();
    if (node === undefined) break;
    done.push(node);
    for (const next of after[node] ?? []) {
      const left = (waiting[next] ?? 0) - 1;
      waiting[next] = left;
      if (left > 0) continue;
      let place = ready.length;
      while (place > 0 && (ready[place - 1] ?? -1) > next) place--;
      ready.splice(place, 0, next);
    }
  }
  return done;
}

type Access = "read" | "write" | "add";

/** What the code does to each variable, at its strongest: it only adds, only reads, or (perhaps also) writes. */
function accessesOf(code: readonly Statement[]): Map<Variable, Access> {
  const found = new Map<Variable, Access>();
  const note = (variable: Variable, access: Access): void => {
    const earlier = found.get(variable);
    found.set(variable, earlier === undefined || earlier === access ? access : "write");
  };
  const visit = (statement: Statement): void => {
    for (const expression of expressionsOf(statement)) {
      walkExpression(expression, (e) => {
        if (e.kind === "read") note(e.local, "read");
        if (e.kind === "load") note(e.array, "read");
      });
    }
    switch (statement.kind) {
      case "assign": note(statement.local, "write"); break;
      case "store":
      case "fill": note(statement.array, "write"); break;
      case "accumulate": note(statement.target, "add"); break;
      case "push": note(statement.stack, "write"); break;
      case "pop": note(statement.local, "write"); note(statement.stack, "write"); break;
      case "for":
        note(statement.index, "write");
        if (statement.exit) note(statement.exit, "read");
        break;
      default: break;
    }
    for (const block of blocksOf(statement)) block.forEach(visit);
  };
  code.forEach(visit);
  return found;
}
