import { type Normal, normalise } from "../autodiff/normalise";
import { Reverser } from "../autodiff/reverser";
import { float } from "../ir/build";
import { namesOf } from "../ir/namesOf";
import type { Assign, Block, Expression, For, If, IrFunction, Local, Statement, While } from "../ir/types";
import { blocksOf, expressionsOf, walkExpression } from "../ir/visit";
import type { Root } from "../print/code/elementAccess";
import type { Span } from "../source/positions";
import type { UserStatement } from "../source/program";
import type { SweepLine } from "../symbolic/formula";
import { type Contribution, Contributions } from "./contributions";
import { inOrder } from "./inOrder";
import { SweepPrinter } from "./sweepPrinter";
import { Temporaries } from "./temporaries";

export type StatementAt = (span: Span) => UserStatement | undefined;

interface Told {
  readonly at: UserStatement;
  readonly depth: number;
  opens?: "loop" | "branch" | "call";
  /** By the statement of the program that they reverse: written-out loops bring one line several. */
  readonly updates: Contribution[][];
  /** What the line gives values to. */
  readonly defined: Set<Local>;
  /** Within a branch, which need not have been taken. */
  isConditional?: boolean;
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
    line: at.line, source: opens ? headOf(at) : at.source, depth, ...(opens ? { opens } : {}), updates: updates.map((update) => printer.print(update)),
  }));
}

class Teller {
  constructor(
    private readonly fn: IrFunction, private readonly normal: Normal, private readonly contributions: Contributions, private readonly statementAt: StatementAt,
  ) {}

  run(): Told[] {
    const end = (this.fn.result.span && this.statementAt(outermost(this.fn.result.span))) ?? this.lastPlace(this.normal.body);
    const begin = this.contributions.begin(this.normal.result);
    const told = this.block([...this.normal.body].reverse(), 0, end, undefined, end && begin.length > 0 ? [{ at: end, depth: 0, updates: [begin], defined: new Set() }] : []);
    const lines = told.map((line) => ({ ...line, updates: inOrder(line.updates, line.defined, this.contributions) }));
    // Lines that do nothing go, and then what opened for them.
    const busy = lines.filter((line) => line.opens || line.updates.length > 0);
    return busy.filter((line, i) => line.updates.length > 0 || (busy[i + 1]?.depth ?? 0) > line.depth);
  }

  /**
   * `reversed`: the statements, last first. `around`: where those without a place of their own belong, until one with a
   * place is met. `call`: the call of a helper that they are the body of.
   */
  private block(reversed: Block, depth: number, around: UserStatement | undefined, call: Span | undefined, told: Told[] = []): Told[] {
    let last = around;
    let previous: Statement | "result" | undefined;
    let defined = new Set<Local>();
    let given: Assign[] = [];
    for (let k = 0; k < reversed.length; k++) {
      const statement = reversed[k];
      if (!statement) break;
      const inner = this.callWithin(statement, call);
      const site = inner && this.statementAt(inner);
      if (inner && site) {
        // All that the helper does there, with what has no place of its own.
        let next = k + 1;
        while (next < reversed.length && this.belongsTo(reversed[next], inner, call)) next++;
        this.open(told, site, depth, this.block(reversed.slice(k, next), depth + 1, site, inner), "call");
        [last, previous, k] = [site, undefined, next - 1];
        continue;
      }
      const own = this.placeOf(statement);
      const at = own ?? last;
      if (!at) continue;
      if (!last || !isSame(at, last)) [defined, given] = [lineAt(told, at, depth)?.defined ?? new Set(), []];
      last = at;
      if (statement.kind === "for" || statement.kind === "while") {
        const inside = this.beginningAnew(statement, this.block([...statement.body].reverse(), depth + 1, at, call), at, depth + 1);
        // xs.map((x) => …).reduce(…) is one statement, for all its loops.
        if (inside.every((line) => isSame(line.at, at))) {
          for (const line of inside) for (const updates of line.updates) add(told, at, depth, updates, defined);
        } else this.open(told, at, depth, inside, "loop");
      } else if (statement.kind === "if" && this.isBranch(statement, at)) {
        this.branch(statement, depth, own, at, call, told);
      } else {
        if (statement.kind === "assign") {
          // The same line again, of another turn.
          if (this.isGivenAgain(statement, given)) [defined, given] = [new Set(), []];
          defined.add(statement.local);
          given.push(statement);
        }
        const origin = this.normal.origins.get(statement);
        const updates = this.contributions.of(statement, origin);
        if (updates.length === 0) continue;
        // The steps of one statement are told together.
        add(told, at, depth, updates, defined, previous === (origin ?? "result"));
        previous = origin ?? "result";
      }
    }
    return told;
  }

  /** Has the variable been given a value by the very same words already? */
  private isGivenAgain(statement: Assign, before: readonly Assign[]): boolean {
    const own = spanOf(this.normal.origins.get(statement) ?? statement);
    if (!own || this.normal.standsFor.get(statement.local)?.label === undefined) return false;
    return before.some((other) => {
      const span = spanOf(this.normal.origins.get(other) ?? other);
      return span?.start === own.start && span.end === own.end && other.local !== statement.local && this.contributions.isVersionOf(other.local, statement.local);
    });
  }

  /**
   * What has a value for one turn alone has an adjoint of its own each turn: what goes to it first begins it. Where that is
   * not done once and always, the adjoint is put back to 0 at the line that gives the value.
   */
  private beginningAnew(loop: For | While, inside: readonly Told[], at: UserStatement, depth: number): Told[] {
    const own = new Map(assignsIn(loop.body).filter(({ local }) => this.normal.carried.get(local) !== loop && this.normal.sums.get(local) !== loop).map((statement) => [statement.local, this.placeOf(statement) ?? at]));
    const met = new Set<Contribution["target"]>();
    const leftOver = new Map<Local, UserStatement>();
    const isPlain = this.linesOnceATurn(inside, depth);
    const lines = inside.map((line): Told => ({
      ...line, updates: line.updates.map((group) => group.map((update) => {
        const { target } = update;
        const place = target.kind === "local" ? own.get(target) : undefined;
        if (target.kind !== "local" || !place || met.has(target)) return update;
        met.add(target);
        if (isPlain.has(line)) return { ...update, replaces: true };
        if (!update.replaces) leftOver.set(target, place);
        return update;
      })),
    }));
    for (const [target, place] of leftOver) {
      const zero: Contribution[] = [{ target, indices: [], value: float(0), replaces: true }];
      const line = [...lines].reverse().find((told) => told.depth === depth && !told.opens && isSame(told.at, place));
      if (line) line.updates.push(zero);
      else {
        const next = lines.findIndex((told) => told.depth === depth && told.at.span.start < place.span.start);
        lines.splice(next < 0 ? lines.length : next, 0, { at: place, depth, updates: [zero], defined: new Set([target]) });
      }
    }
    return lines;
  }

  /** Lines that are neither in a branch nor in a loop within the loop; those of a helper are done once for each call. */
  private linesOnceATurn(inside: readonly Told[], depth: number): Set<Told> {
    const found = new Set<Told>();
    const around: Told[] = [];
    for (const line of inside) {
      while (around.length > 0 && (around.at(-1)?.depth ?? 0) >= line.depth) around.pop();
      if (!line.isConditional && line.depth >= depth && around.every(({ opens }) => opens === "call")) found.add(line);
      if (line.opens) around.push(line);
    }
    return found;
  }

  /** The call, made in the body of `call`, that a statement comes from. */
  private callWithin(statement: Statement, call: Span | undefined): Span | undefined {
    const within = (span: Span | undefined): Span | undefined => {
      const chain = callsOf(span);
      const at = call ? chain.indexOf(call) : -1;
      return call && at < 0 ? undefined : chain[at + 1];
    };
    // A choice of our own making is made where all that it chooses among is.
    const parts = statement.kind === "if" && !statement.span ? this.spansWithin(statement) : [];
    const common = within(parts[0]);
    return common && parts.every((part) => within(part) === common) ? common : within(this.spanAt(statement));
  }

  private belongsTo(statement: Statement | undefined, inner: Span, call: Span | undefined): boolean {
    return statement !== undefined && (this.callWithin(statement, call) === inner || this.spanAt(statement) === undefined);
  }

  private spansWithin(statement: Statement): Span[] {
    return blocksOf(statement).flat().flatMap((inner) => [...spansOf(inner), ...this.spansWithin(inner)]);
  }

  /** A call that loops may have done something already, as a sum over what it makes. */
  private open(told: Told[], at: UserStatement, depth: number, inside: readonly Told[], opens: "loop" | "call"): void {
    const before = told.at(-1);
    if (before && before.depth === depth && before.opens === undefined && isSame(before.at, at)) before.opens = opens;
    else told.push({ at, depth, opens, updates: [], defined: new Set() });
    told.push(...inside);
  }

  /** A choice between statements of the user's, rather than within one of them. */
  private isBranch({ then, else: otherwise }: If, at: UserStatement): boolean {
    return [...then, ...otherwise].some((statement) => {
      const place = this.placeOf(statement);
      return place ? !isSame(place, at) : statement.kind === "if" && this.isBranch(statement, at);
    });
  }

  private branch(statement: If, depth: number, own: UserStatement | undefined, at: UserStatement, call: Span | undefined, told: Told[]): void {
    // The cases of a switch have no head of their own.
    const inside = own?.kind === "branch" ? depth + 1 : depth;
    const [then, otherwise] = [statement.then, statement.else].map((arm) => this.block([...arm].reverse(), inside, at, call));
    if (own?.kind === "branch") {
      const head = then?.length === 0 ? { ...own, source: `${own.source} … else` } : own;
      told.push({ at: head, depth, opens: "branch", updates: [], defined: new Set() });
    }
    for (const line of [...then ?? [], ...otherwise ?? []]) told.push({ ...line, isConditional: true });
  }

  private lastPlace(block: Block): UserStatement | undefined {
    for (const statement of [...block].reverse()) {
      const place = this.placeOf(statement) ?? blocksOf(statement).map((inner) => this.lastPlace(inner)).find((found) => found !== undefined);
      if (place) return place;
    }
    return undefined;
  }

  private placeOf(statement: Statement): UserStatement | undefined {
    const span = this.spanAt(statement);
    return span && this.statementAt(span);
  }

  private spanAt(statement: Statement): Span | undefined {
    const origin = this.normal.origins.get(statement);
    const own = spanOf(statement);
    // A part of an expression that a helper computes is the helper's, unless it takes part in making a new value of the old one.
    if (own?.via && own.via !== (origin && spanOf(origin))?.via && !(origin && remakes(origin))) return own;
    // What makes up the result comes from no statement of the program's body: it is told where it is returned.
    return origin ? spanOf(origin) : (this.normal.body.includes(statement) ? this.fn.result.span : undefined) ?? own;
  }
}

/** The calls by which a place was reached, the outermost first. */
function callsOf(span: Span | undefined): Span[] {
  return span?.via ? [...callsOf(span.via), span.via] : [];
}

const outermost = (span: Span): Span => callsOf(span)[0] ?? span;

/** Gives a variable or an element a value made of what it was. */
function remakes(origin: Statement): boolean {
  const made = origin.kind === "assign" ? origin.local : origin.kind === "accumulate" ? origin.target : origin.kind === "store" ? origin.array : undefined;
  const isRead = (expression: Expression): boolean => {
    let found = false;
    walkExpression(expression, (part) => { found ||= (part.kind === "read" && part.local === made) || (part.kind === "load" && part.array === made); });
    return found;
  };
  return made !== undefined && expressionsOf(origin).some(isRead);
}

function assignsIn(block: Block): Assign[] {
  return block.flatMap((statement) => [...(statement.kind === "assign" ? [statement] : []), ...blocksOf(statement).flatMap(assignsIn)]);
}

/** The line told last, where it is this one. */
function lineAt(told: readonly Told[], at: UserStatement, depth: number): Told | undefined {
  const last = told.at(-1);
  return last && last.depth === depth && last.opens === undefined && isSame(last.at, at) ? last : undefined;
}

function add(told: Told[], at: UserStatement, depth: number, updates: readonly Contribution[], defined: Set<Local>, goesOn = false): void {
  if (updates.length === 0) return;
  const known = lineAt(told, at, depth);
  const isOne = known?.defined === defined || known?.defined.size === 0;
  const group = goesOn && isOne ? known?.updates.at(-1) : undefined;
  if (group) group.push(...updates);
  else if (known && isOne) known.updates.push([...updates]);
  else told.push({ at, depth, updates: [[...updates]], defined });
}

const isSame = (a: UserStatement, b: UserStatement): boolean => a.span.start === b.span.start && a.span.end === b.span.end;

/** Of a call that loops (forEach) what stands before the braces, of do … while what it asks: the rest is told line by line. */
function headOf({ kind, source }: UserStatement): string {
  if (/^do\b/.test(source)) return source.replace(/\{.*\}/s, "…");
  if (kind !== "plain") return source;
  // Braces in a pattern, ({ x, y }) => …, open nothing.
  return source.replace(/(=>|\))\s*\{.*$/, "$1");
}

const spansOf = (statement: Statement): Span[] => {
  const span = statement.kind === "if" ? statement.span : spanOf(statement);
  return span ? [span] : [];
};

function spanOf(statement: Statement): Span | undefined {
  if (statement.kind === "push" || statement.kind === "pop") return undefined;
  if (statement.span) return statement.span;
  return statement.kind === "assign" || statement.kind === "store" || statement.kind === "accumulate" || statement.kind === "fill" ? statement.value.span : undefined;
}
