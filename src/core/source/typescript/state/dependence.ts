import type { ArrayVariable, Expression, Local, Statement } from "../../../ir/types";
import { walkExpression } from "../../../ir/visit";
import type { Region } from "./region";

/** What the program's variables depend on, as far as the text has been read: on unknowns, on the turn of a loop, on what later statements write. */
export class Dependence {
  private readonly active = new Set<Local | ArrayVariable>();
  private readonly stable = new Set<Local>();
  private readonly origins = new Map<Local, ReadonlySet<Region>>();

  /** `regions`: those around what is read now. */
  constructor(private readonly regions: readonly Region[]) {}

  /** A statement has been written: what it assigns depends on what it reads. */
  record(statement: Statement): void {
    if (statement.kind === "assign") this.rememberOrigin(statement.local, statement.value);
    if (statement.kind === "accumulate" && statement.target.kind === "local") this.rememberOrigin(statement.target, statement.value, true);
    if (statement.kind === "store" && this.isActive(statement.value)) this.active.add(statement.array);
    if (statement.kind === "accumulate" && statement.target.kind === "array" && this.isActive(statement.value)) this.active.add(statement.target);
  }

  /** It is assigned once wherever it is in reach, so an expression may go on reading it. */
  trust(local: Local): void {
    this.stable.add(local);
  }

  isStable(expression: Expression): boolean {
    let stable = true;
    walkExpression(expression, (part) => {
      if (part.kind === "read" && !this.stable.has(part.local)) stable = false;
      if (part.kind === "load" && part.array.role.kind !== "data" && part.array.role.kind !== "parameter") stable = false;
    });
    return stable;
  }

  /** The loops whose counters or carried variables the expression depends on. */
  loopsOf(expression: Expression): ReadonlySet<Region> {
    const loops = new Set<Region>();
    walkExpression(expression, (part) => {
      if (part.kind === "read") for (const region of this.origins.get(part.local) ?? []) if (this.regions.includes(region)) loops.add(region);
    });
    return loops;
  }

  originate(local: Local, region: Region): void {
    this.origins.set(local, new Set([...(this.origins.get(local) ?? []), region]));
  }

  /** Depends on no unknown, as far as the text has been read. */
  isInactive(variable: Local | ArrayVariable): boolean {
    return !this.active.has(variable);
  }

  activate(variable: Local | ArrayVariable): void {
    this.active.add(variable);
  }

  isActive(expression: Expression): boolean {
    let active = false;
    walkExpression(expression, (part) => {
      if (part.kind === "read" && this.active.has(part.local)) active = true;
      if (part.kind === "load" && this.active.has(part.array)) active = true;
    });
    return active;
  }

  private rememberOrigin(local: Local, value: Expression, add = false): void {
    if (this.isActive(value)) this.active.add(local);
    const loops = this.loopsOf(value);
    this.origins.set(local, add ? new Set([...(this.origins.get(local) ?? []), ...loops]) : loops);
  }
}
