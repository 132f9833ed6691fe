import { call, float, select } from "../ir/build";
import { sameExpression } from "../ir/same";
import type { ArrayVariable, Block, Expression, Local, Statement } from "../ir/types";
import { mapExpression, walkExpression } from "../ir/visit";
import type { Temporaries } from "./temporaries";

/** Something added to the adjoint of a variable of the user's. */
export interface Contribution {
  readonly target: Local | ArrayVariable;
  readonly indices: readonly Expression[];
  readonly value: Expression;
  /** It takes the place of what was there: the statement gave the variable a new value made of its old one. */
  readonly replaces: boolean;
  /** Read in `value`: what the statement gives a variable that it also reads, in h = tanh(w h) the h on the left. */
  readonly given?: ReadonlySet<Local>;
}

/**
 * Reads what the reverse sweep does for one statement after another, last first, and puts together what it does in
 * several small steps: the adjoints of temporaries are put in where they are read, and so are the temporaries.
 */
export class Contributions {
  private readonly pending = new Map<Local, Expression>();
  /** The last store met, whose element's adjoint has been read and starts again. */
  private stored: { origin: Statement | undefined; array: ArrayVariable; indices: readonly Expression[] } | undefined;
  /** The value of each variable that was last told of. */
  private readonly current = new Map<Local, Local>();
  private readonly seeds = new Map<Local, Expression>();
  private readonly primals = new Map<Local | ArrayVariable, Local | ArrayVariable>();

  constructor(
    adjoints: ReadonlyMap<Local | ArrayVariable, Local | ArrayVariable>, private readonly reversed: ReadonlyMap<Statement, readonly Statement[]>,
    private readonly temporaries: Temporaries,
  ) {
    for (const [primal, adjoint] of adjoints) this.primals.set(adjoint, primal);
  }

  /** The variable that this is the adjoint of. */
  primalOf(adjoint: Local | ArrayVariable): Local | ArrayVariable | undefined {
    return this.primals.get(adjoint);
  }

  /** Two values of one variable of the user's, at different times. */
  isVersionOf(a: Local | ArrayVariable, b: Local | ArrayVariable): boolean {
    return this.temporaries.isVersionOf(a, b);
  }

  /** Adds to the adjoint of what the function returns. */
  begin(result: Expression): Contribution[] {
    const isActive = result.kind === "read" && [...this.primals.values()].includes(result.local);
    return isActive ? this.settle([{ target: result.local, indices: [], value: float(1), replaces: true }]) : [];
  }

  /**
   * What the reverse of a statement adds to variables with names, given the statement of the program that it came from.
   * An `if` here is one of our own making: a choice within an expression.
   */
  of(statement: Statement, origin: Statement | undefined): Contribution[] {
    if (statement.kind === "if") {
      const arm = (block: Block): Contribution[] => [...block].reverse().flatMap((inner) => this.of(inner, origin));
      return this.settle(choose(this.resolve(statement.condition), arm(statement.then), arm(statement.else)));
    }
    if (statement.kind === "store") this.stored = { origin, array: statement.array, indices: statement.indices };
    return this.settle(this.read(this.reversed.get(statement) ?? []).map((found) => ({ ...found, replaces: this.isOld(found, statement, origin) || this.isEarlier(found), ...this.givenBy(origin, found) })));
  }

  /** Of a variable that a statement overwrites with what it makes of its old value, the reverse may read both values. */
  private givenBy(origin: Statement | undefined, { value }: Contribution): { given?: ReadonlySet<Local> } {
    if (origin?.kind !== "assign" || !reads(origin.value, origin.local)) return {};
    const given = new Set<Local>();
    walkExpression(value, (part) => {
      if (part.kind === "read" && this.temporaries.variableOf(part.local) === origin.local && this.temporaries.originOf(part.local) === origin) given.add(part.local);
    });
    return given.size > 0 ? { given } : {};
  }

  /** A value that the variable had before another, which has nothing to do with this one: its adjoint begins anew. */
  private isEarlier({ target, value }: Contribution): boolean {
    if (target.kind !== "local" || this.temporaries.has(target)) return false;
    const variable = this.temporaries.variableOf(target);
    const later = this.current.get(variable);
    this.current.set(variable, target);
    const from = value.kind === "read" ? this.primalOf(value.local) : undefined;
    return later !== undefined && later !== target && !(from && this.temporaries.isVersionOf(target, from));
  }

  /** x = x + y gives x a new value; what goes to the old one takes the place of the new one's adjoint. */
  private isOld({ target, indices }: Contribution, statement: Statement, origin: Statement | undefined): boolean {
    if (origin?.kind === "store") return this.stored?.origin === origin && target === this.stored.array && sameIndices(indices, this.stored.indices);
    if (statement.kind === "assign" && target !== statement.local && this.temporaries.isVersionOf(target, statement.local)) return true;
    if (origin?.kind === "assign") return this.temporaries.isVersionOf(target, origin.local);
    return origin?.kind === "accumulate" && origin.target.kind === "local" && this.temporaries.isVersionOf(target, origin.target);
  }

  /** Only says that a variable stays what it is, or goes on under the same name. */
  isHandOver({ value, target, indices, replaces }: Contribution): boolean {
    // An element of a list that is written out, called v[2], goes into the list of that name.
    if (value.kind === "load") {
      const source = this.primalOf(value.array);
      return source !== undefined && source !== target && spelt(source, value.indices) === spelt(target, indices);
    }
    const from = value.kind === "read" ? this.primalOf(value.local) : undefined;
    if (from?.kind !== "local" || target.kind !== "local") return false;
    return (replaces && this.temporaries.isVersionOf(target, from)) || (from.label ?? from.name) === (target.label ?? target.name);
  }

  private read(code: readonly Statement[]): Contribution[] {
    return code.flatMap((statement): Contribution[] => {
      switch (statement.kind) {
        case "accumulate": {
          const target = this.primals.get(statement.target);
          return target ? [{ target, indices: statement.indices ?? [], value: this.resolve(statement.value), replaces: false }] : [];
        }
        case "assign":
          // An adjoint starts again from 0, which goes without saying; anything else is kept for a moment.
          if (!this.primals.has(statement.local)) this.seeds.set(statement.local, this.resolve(statement.value));
          return [];
        case "if": return choose(this.resolve(statement.condition), this.read(statement.then), this.read(statement.else));
        case "for": return this.read(statement.body);
        default: return [];
      }
    });
  }

  /** Keeps what is added to temporaries for when it is read; hands on the rest. */
  private settle(found: readonly Contribution[]): Contribution[] {
    return found.filter(({ target, value }) => {
      if (target.kind !== "local" || !this.temporaries.has(target)) return true;
      const known = this.pending.get(target);
      this.pending.set(target, known ? call("add", [known, value]) : value);
      return false;
    });
  }

  /** The expression in terms of variables and adjoints that have names. */
  resolve(expression: Expression): Expression {
    return mapExpression(expression, (part) => {
      if (part.kind !== "read") return part;
      const seed = this.seeds.get(part.local);
      if (seed) return seed;
      const primal = this.primals.get(part.local);
      if (primal?.kind === "local") return this.temporaries.has(primal) ? this.pending.get(primal) ?? float(0) : part;
      const definition = this.temporaries.definition(part.local);
      return definition ? this.resolve(definition) : part;
    });
  }
}

/** What two branches add, as what a choice between them adds. */
function choose(condition: Expression, then: readonly Contribution[], otherwise: readonly Contribution[]): Contribution[] {
  const left = new Set(otherwise);
  const chosen = then.map((contribution) => {
    const other = otherwise.find(({ target, indices }) => target === contribution.target && sameIndices(indices, contribution.indices));
    if (other) left.delete(other);
    return { ...contribution, value: select(condition, contribution.value, other?.value ?? float(0)) };
  });
  return [...chosen, ...[...left].map((contribution) => ({ ...contribution, value: select(condition, float(0), contribution.value) }))];
}

/** What goes to one place, in one: values that refer to the adjoints before any of them is changed. */
export function together(found: readonly Contribution[]): Contribution[] {
  const told: Contribution[] = [];
  for (const contribution of found) {
    const at = told.findIndex((other) => other.target === contribution.target && sameIndices(other.indices, contribution.indices));
    const before = told[at];
    const given = new Set([...before?.given ?? [], ...contribution.given ?? []]);
    if (before) told[at] = { ...before, value: call("add", [before.value, contribution.value]), replaces: before.replaces || contribution.replaces, given };
    else told.push(contribution);
  }
  return told;
}

/** The name an element has before people, where its indices are known; lists of our own making are numbered apart. */
function spelt({ label, name }: Local | ArrayVariable, indices: readonly Expression[]): string {
  const below = indices.map((index) => (index.kind === "constant" ? `[${index.value}]` : "[?]"));
  return `${label ?? name.replace(/(?:_\d+)+$/, "")}${below.join("")}`;
}

function reads(expression: Expression, local: Local): boolean {
  let found = false;
  walkExpression(expression, (part) => { found ||= part.kind === "read" && part.local === local; });
  return found;
}

const sameIndices = (a: readonly Expression[], b: readonly Expression[]): boolean => a.length === b.length && a.every((index, i) => sameExpression(index, b[i]));

