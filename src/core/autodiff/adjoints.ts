import { accumulate, assign, float, type Names } from "../ir/build";
import type { ArrayVariable, Expression, Local, Statement } from "../ir/types";
import type { Span } from "../source/positions";
import type { Activity } from "./activity";
import type { Region, Structure } from "./structure";

/** The adjoints of a program's variables, made when they are first spoken of. */
export class Adjoints {
  readonly all = new Map<Local | ArrayVariable, Local | ArrayVariable>();
  /** The arrays that the gradient is written to. */
  readonly outputs: ArrayVariable[] = [];
  private readonly starting = new Map<Region, Local[]>();

  constructor(private readonly names: Names, private readonly structure: Structure, private readonly activity: Activity) {}

  /** Adjoints start from 0 each time that the reverse of their region begins. */
  starts(region: Region): Statement[] {
    return (this.starting.get(region) ?? []).map((local) => assign(local, float(0)));
  }

  /** So much more of it. */
  contribute(to: Expression, amount: Expression, span?: Span): Statement[] {
    if (to.kind === "load") return this.isActive(to.array) ? [accumulate(this.ofArray(to.array), amount, to.indices, span)] : [];
    if (to.kind !== "read" || !this.isActive(to.local)) return [];
    if (amount.kind === "constant" && amount.value === 0) return [];
    return [accumulate(this.of(to.local), amount, undefined, span)];
  }

  /** Does it depend on an unknown, and the result on it? */
  isActive(variable: Local | ArrayVariable): boolean {
    return this.activity.active.has(variable);
  }

  of(local: Local): Local {
    const known = this.all.get(local);
    if (known?.kind === "local") return known;
    const adjoint = this.names.local("f64", `d_${local.name}`, local.label === undefined ? undefined : `d${local.label}`);
    this.all.set(local, adjoint);
    const region = this.structure.definition(local)?.region ?? this.structure.root;
    const starting = this.starting.get(region);
    if (starting) starting.push(adjoint);
    else this.starting.set(region, [adjoint]);
    return adjoint;
  }

  ofArray(array: ArrayVariable): ArrayVariable {
    const known = this.all.get(array);
    if (known?.kind === "array") return known;
    const role = array.role.kind === "parameter" ? { kind: "output" as const, offset: array.role.offset } : { kind: "scratch" as const };
    const adjoint = this.names.array("f64", array.shape, role, `d_${array.name}`, array.label === undefined ? undefined : `d${array.label}`);
    this.all.set(array, adjoint);
    if (role.kind === "output") this.outputs.push(adjoint);
    return adjoint;
  }
}
