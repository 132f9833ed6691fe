import type { Shape } from "../syntax/shapes";
import { Relearn } from "../state/signals";

/** What is known of one argument, or of a part of it: `w`, `p.list`, `rows[]`. */
export type Fact =
  | { kind: "number" }
  | ListFact
  | { kind: "object"; fields: Set<string>; isFixed: boolean };
export interface ListFact { kind: "list"; length: number; isFixed: boolean }

const guessedLength = 2;
const longestGuess = 4096;

/** The shapes of arguments that nobody gave: stated by types, or learnt from the way the function uses them. */
export class Learned {
  private readonly facts = new Map<string, Fact>();

  of(path: string): Fact | undefined {
    return this.facts.get(path);
  }

  learn(path: string, fact: { kind: "number" } | { kind: "list"; atLeast: number } | { kind: "object"; field?: string }): void {
    const before = this.facts.get(path);
    switch (fact.kind) {
      case "number": if (!before) this.facts.set(path, { kind: "number" }); return;
      case "list":
        if (!before) this.facts.set(path, { kind: "list", length: Math.max(fact.atLeast, 1), isFixed: false });
        else if (before.kind === "list") before.length = Math.max(before.length, fact.atLeast);
        return;
      case "object": {
        const fields = before?.kind === "object" ? before.fields : new Set<string>();
        if (fact.field !== undefined) fields.add(fact.field);
        this.facts.set(path, { kind: "object", fields, isFixed: before?.kind === "object" && before.isFixed });
      }
    }
  }

  /** Takes over what a type says. */
  state(path: string, shape: Shape): void {
    switch (shape.kind) {
      case "number": this.facts.set(path, { kind: "number" }); return;
      case "list":
        this.facts.set(path, { kind: "list", length: shape.length ?? guessedLength, isFixed: shape.length !== undefined });
        this.state(`${path}[]`, shape.element);
        return;
      case "object": {
        const required = [...shape.fields].filter(([, field]) => !field.isOptional);
        this.facts.set(path, { kind: "object", fields: new Set(required.map(([name]) => name)), isFixed: true });
        for (const [name, field] of required) this.state(`${path}.${name}`, field.shape);
        return;
      }
      case "other":
      case "unknown": return;
    }
  }

  /** Lengths that nobody stated. */
  guessedLengths(): ReadonlyMap<string, number> {
    const lengths = new Map<string, number>();
    for (const [path, fact] of this.facts) if (fact.kind === "list" && !fact.isFixed) lengths.set(path, fact.length);
    return lengths;
  }

  setLength(path: string, length: number): void {
    const fact = this.facts.get(path);
    if (fact?.kind === "list") fact.length = length;
  }

  /** Asks for one more field: read the function again with it. */
  asker(path: string): (name: string) => Error {
    return (name) => {
      this.learn(path, { kind: "object", field: name });
      return new Relearn(`${path} has ${name}`);
    };
  }

  longer(path: string, length: number): Error {
    const fact = this.facts.get(path);
    if (fact?.kind !== "list" || length > longestGuess) return new RangeError(`${path} would have ${length} elements`);
    fact.length = Math.max(fact.length, length);
    return new Relearn(`${path} has ${length} elements`);
  }
}
