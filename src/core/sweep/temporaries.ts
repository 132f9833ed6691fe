import { select } from "../ir/build";
import type { Normal } from "../autodiff/normalise";
import type { ArrayVariable, Block, Expression, Local, Statement } from "../ir/types";
import { blocksOf, expressionsOf, walkExpression } from "../ir/visit";

/**
 * The locals of a normalised program that have no name a reader would know: what is between the operations of one
 * expression. They are never told of; what they stand for is.
 */
export class Temporaries {
  private readonly definitions = new Map<Local, Expression>();
  private readonly origins = new Map<Local, Statement | undefined>();
  private readonly homes = new Map<Local, Block>();
  private readonly strays = new Set<Local>();
  private readonly namesakes = new Set<Local>();

  constructor(private readonly normal: Normal, unknowns: readonly Local[]) {
    for (const local of unknowns) this.strays.add(local);
    this.define(normal.body);
    this.use(normal.body);
    for (const local of [...normal.carried.keys(), ...normal.sums.keys()]) this.strays.add(local);
    this.findNamesakes(unknowns);
    if (normal.result.kind === "read" && this.homes.get(normal.result.local) !== normal.body) this.strays.add(normal.result.local);
  }

  has(local: Local): boolean {
    return (local.label === undefined || this.namesakes.has(local)) && this.homes.has(local) && !this.strays.has(local);
  }

  /** What it was computed as. */
  definition(local: Local): Expression | undefined {
    return this.has(local) ? this.definitions.get(local) : undefined;
  }

  /** The statement of the program that gives it its value. */
  originOf(local: Local): Statement | undefined {
    return this.origins.get(local);
  }

  /** The program's own variable of which this is a value. */
  variableOf(local: Local): Local {
    return this.normal.standsFor.get(local) ?? local;
  }

  /** Two values of one variable of the program's, at different times. */
  isVersionOf(a: Local | ArrayVariable, b: Local | ArrayVariable): boolean {
    if (a.kind !== "local" || b.kind !== "local") return a === b;
    return this.variableOf(a) === this.variableOf(b);
  }

  /**
   * Parameters of a helper that is called several times, all under one name: what they stand for says which is meant. A
   * variable of the function's own is the first to have its name, and keeps it.
   */
  private findNamesakes(unknowns: readonly Local[]): void {
    const first = new Map<string, Local>(unknowns.map((local) => [local.label ?? local.name, local]));
    for (const local of this.homes.keys()) {
      const own = this.normal.standsFor.get(local);
      // What a helper makes is told in the helper's own lines, by its own name.
      if (own?.label === undefined || this.definitions.get(local)?.span?.via) continue;
      const known = first.get(own.label);
      if (!known) first.set(own.label, own);
      else if (known !== own) this.namesakes.add(local);
    }
  }

  private define(block: Block): void {
    for (const statement of block) {
      if (statement.kind === "assign") {
        this.definitions.set(statement.local, statement.value);
        this.homes.set(statement.local, block);
        // A loop hands its values on to the turn's first; they are another statement's then.
        if (!this.origins.has(statement.local)) this.origins.set(statement.local, this.normal.origins.get(statement));
      }
      for (const inner of blocksOf(statement)) this.define(inner);
      if (statement.kind === "if") this.merge(statement, block);
    }
  }

  /** What both arms of a choice give a value has it after the choice. */
  private merge(statement: Statement & { kind: "if" }, block: Block): void {
    const [then, otherwise] = [statement.then, statement.else].map((arm) => {
      return new Map(arm.flatMap((inner) => (inner.kind === "assign" ? [[inner.local, inner.value] as const] : [])));
    });
    for (const [local, value] of then ?? []) {
      const other = otherwise?.get(local);
      if (!other) continue;
      this.definitions.set(local, select(statement.condition, value, other));
      this.homes.set(local, block);
    }
  }

  /** A local that is read in another block than its own cannot be put in there: a loop would add to it many times. */
  private use(block: Block, around: readonly Block[] = [block]): void {
    for (const statement of block) {
      for (const expression of expressionsOf(statement)) {
        walkExpression(expression, (part) => {
          if (part.kind !== "read" || part.local.type !== "f64") return;
          const home = this.homes.get(part.local);
          if (home && !around.includes(home)) this.strays.add(part.local);
        });
      }
      for (const inner of blocksOf(statement)) this.use(inner, statement.kind === "if" ? [...around, inner] : [inner]);
    }
  }
}
