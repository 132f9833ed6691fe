import { type Normal, normalise } from "../autodiff/normalise";
import { Reverser } from "../autodiff/reverser";
import { namesOf } from "../ir/namesOf";
import type { Block, If, IrFunction, Statement } from "../ir/types";
import { blocksOf } from "../ir/visit";
import type { Root } from "../print/code/elementAccess";
import type { Span } from "../source/positions";
import type { UserStatement } from "../source/program";
import type { SweepLine } from "../symbolic/formula";
import { type Contribution, Contributions, together } from "./contributions";
import { SweepPrinter } from "./sweepPrinter";
import { Temporaries } from "./temporaries";

export type StatementAt = (span: Span) => UserStatement | undefined;

interface Told {
  readonly at: UserStatement;
  readonly depth: number;
  opens?: "loop" | "branch";
  /** By the statement of the program that they reverse: written-out loops bring one line several. */
  readonly updates: Contribution[][];
}

/**
 * The reverse sweep told along the user's own statements, last first. It is made by the very `Reverser` that makes the
 * derivative, of the program as the user wrote it: without fusing, tapes and segments, which are about speed alone.
 */
export function tellSweep(fn: IrFunction, coordinates: readonly string[], statementAt: StatementAt, roots: readonly Root[] = []): SweepLine[] {
  const names = namesOf(fn);
  const normal = normalise(fn, names, true);
  const reverser = new Reverser(fn, names, normal, new Set(), new Set(), new Set(), true);
  const made = reverser.run();
  if (!made.ok) return [];
  const temporaries = new Temporaries(normal, fn.scalars.map(({ local }) => local));
  const contributions = new Contributions(made.reverse.adjoints, reverser.reversed, temporaries);
  const told = new Teller(fn, normal, contributions, statementAt).run();
  const printer = new SweepPrinter(fn, normal, coordinates, roots, (adjoint) => contributions.primalOf(adjoint), (expression) => contributions.resolve(expression));
  return told.map(({ at, depth, opens, updates }) => ({
    line: at.line, source: opens ? headOf(at) : at.source, depth, ...(opens ? { opens } : {}), updates: updates.flat().map((update) => printer.print(update)),
  }));
}

class Teller {
  constructor(
    private readonly fn: IrFunction, private readonly normal: Normal, private readonly contributions: Contributions, private readonly statementAt: StatementAt,
  ) {}

  run(): Told[] {
    const end = (this.fn.result.span && this.statementAt(this.fn.result.span)) ?? this.lastPlace(this.normal.body);
    const begin = this.contributions.begin(this.normal.result);
    const told = this.block(this.normal.body, 0, end, end && begin.length > 0 ? [{ at: end, depth: 0, updates: [begin] }] : []);
    const lines = told.map((line) => ({ ...line, updates: line.updates.map((updates) => this.inOrder(updates)).filter((updates) => updates.length > 0) }));
    // Lines that do nothing go, and then what opened for them.
    const busy = lines.filter((line) => line.opens || line.updates.length > 0);
    return busy.filter((line, i) => line.updates.length > 0 || (busy[i + 1]?.depth ?? 0) > line.depth);
  }

  /** What takes the place of an adjoint comes last: the others read what it was. */
  private inOrder(updates: readonly Contribution[]): Contribution[] {
    const left = together(updates).filter((update) => !this.contributions.isHandOver(update));
    return [...left.filter(({ replaces }) => !replaces), ...left.filter(({ replaces }) => replaces)];
  }

  /** `around`: where statements without a place of their own belong, until one with a place is met. */
  private block(block: Block, depth: number, around: UserStatement | undefined, told: Told[] = []): Told[] {
    let last = around;
    let previous: Statement | "result" | undefined;
    for (const statement of [...block].reverse()) {
      const own = this.placeOf(statement);
      const at = own ?? last;
      if (!at) continue;
      last = at;
      if (statement.kind === "for" || statement.kind === "while") {
        const inside = this.block(statement.body, depth + 1, at);
        // xs.map((x) => …).reduce(…) is one statement, for all its loops.
        if (inside.every((line) => isSame(line.at, at))) {
          for (const line of inside) for (const updates of line.updates) add(told, at, depth, updates);
        } else this.open(told, at, depth, inside);
      } else if (statement.kind === "if" && this.isBranch(statement, at)) {
        this.branch(statement, depth, own, at, told);
      } else {
        const origin = this.normal.origins.get(statement);
        const updates = this.contributions.of(statement, origin);
        if (updates.length === 0) continue;
        // The steps of one statement are told together.
        add(told, at, depth, updates, previous === (origin ?? "result"));
        previous = origin ?? "result";
      }
    }
    return told;
  }

  /** A call that loops may have done something already, as a sum over what it makes. */
  private open(told: Told[], at: UserStatement, depth: number, inside: readonly Told[]): void {
    const before = told.at(-1);
    if (before && before.depth === depth && isSame(before.at, at)) before.opens = "loop";
    else told.push({ at, depth, opens: "loop", updates: [] });
    told.push(...inside);
  }

  /** A choice between statements of the user's, rather than within one of them. */
  private isBranch({ then, else: otherwise }: If, at: UserStatement): boolean {
    return [...then, ...otherwise].some((statement) => {
      const place = this.placeOf(statement);
      return place ? !isSame(place, at) : statement.kind === "if" && this.isBranch(statement, at);
    });
  }

  private branch(statement: If, depth: number, own: UserStatement | undefined, at: UserStatement, told: Told[]): void {
    // The cases of a switch have no head of their own.
    const inside = own?.kind === "branch" ? depth + 1 : depth;
    const [then, otherwise] = [statement.then, statement.else].map((arm) => this.block(arm, inside, at));
    if (own?.kind === "branch") {
      const head = then?.length === 0 ? { ...own, source: `${own.source} … else` } : own;
      told.push({ at: head, depth, opens: "branch", updates: [] });
    }
    told.push(...(then ?? []), ...(otherwise ?? []));
  }

  private lastPlace(block: Block): UserStatement | undefined {
    for (const statement of [...block].reverse()) {
      const place = this.placeOf(statement) ?? blocksOf(statement).map((inner) => this.lastPlace(inner)).find((found) => found !== undefined);
      if (place) return place;
    }
    return undefined;
  }

  private placeOf(statement: Statement): UserStatement | undefined {
    const origin = this.normal.origins.get(statement);
    // What makes up the result comes from no statement of the program's body: it is told where it is returned, with what
    // helpers computed on the way to it.
    const span = origin ? spanOf(origin) : (this.normal.body.includes(statement) ? this.fn.result.span : undefined) ?? spanOf(statement);
    return span && this.statementAt(span);
  }
}

function add(told: Told[], at: UserStatement, depth: number, updates: readonly Contribution[], goesOn = false): void {
  if (updates.length === 0) return;
  const last = told.at(-1);
  const known = last && last.depth === depth && last.opens === undefined && isSame(last.at, at) ? last : undefined;
  const group = goesOn ? known?.updates.at(-1) : undefined;
  if (group) group.push(...updates);
  else if (known) known.updates.push([...updates]);
  else told.push({ at, depth, updates: [[...updates]] });
}

const isSame = (a: UserStatement, b: UserStatement): boolean => a.span.start === b.span.start && a.span.end === b.span.end;

/** Of a call that loops (forEach) what stands before the braces, of do … while what it asks: the rest is told line by line. */
function headOf({ kind, source }: UserStatement): string {
  if (/^do\b/.test(source)) return source.replace(/\{.*\}/s, "…");
  if (kind !== "plain") return source;
  // Braces in a pattern, ({ x, y }) => …, open nothing.
  return source.replace(/(=>|\))\s*\{.*$/, "$1");
}

function spanOf(statement: Statement): Span | undefined {
  if (statement.kind === "push" || statement.kind === "pop") return undefined;
  if (statement.span) return statement.span;
  return statement.kind === "assign" || statement.kind === "store" || statement.kind === "accumulate" || statement.kind === "fill" ? statement.value.span : undefined;
}
