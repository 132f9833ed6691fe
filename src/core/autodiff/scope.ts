import { bool, float, int } from "../ir/build";
import type { Constant, Local, ScalarType, Statement } from "../ir/types";
import type { Atom } from "./atoms";

const zeroOf = (type: ScalarType): Constant => (type === "f64" ? float(0) : type === "i32" ? int(0) : bool(false));

/** What each of the program's locals means at a point. */
export class Scope {
  readonly changed = new Set<Local>();

  constructor(
    private readonly meanings = new Map<Local, Atom>(), readonly sums = new Set<Local>(),
    /** The statement that last gave each local its value. */
    readonly setBy = new Map<Local, Statement>(),
  ) {}

  get(local: Local): Atom {
    return this.meanings.get(local) ?? zeroOf(local.type);
  }

  set(local: Local, atom: Atom, by?: Statement): void {
    this.meanings.set(local, atom);
    this.changed.add(local);
    if (by) this.setBy.set(local, by);
  }

  fork(): Scope {
    return new Scope(new Map(this.meanings), new Set(this.sums), new Map(this.setBy));
  }
}
