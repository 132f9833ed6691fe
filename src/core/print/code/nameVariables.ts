import type { ArrayVariable, Block, Local, Statement } from "../../ir/types";
import { blocksOf } from "../../ir/visit";
import type { Declarations } from "./placeDeclarations";
import { safeName } from "./parameters";

type Variable = Local | ArrayVariable;

/** Names for what the code declares: the user's own where there is one, in each block unlike all around it. */
export function nameVariables(
  body: Block, declarations: Declarations, taken: ReadonlySet<string>, stored: ReadonlyMap<ArrayVariable, Variable>, dialect: "typescript" | "python",
): Map<Variable, string> {
  const names = new Map<Variable, string>();
  const visit = (block: Block, visible: ReadonlySet<string>, index: Local | undefined): void => {
    const here = new Set(visible);
    const give = (variable: Variable): void => {
      const name = free(safeName(wish(variable, stored, names), dialect), here);
      here.add(name);
      names.set(variable, name);
    };
    if (index) {
      const name = counterName(wish(index, stored, names), here) ?? free(safeName(wish(index, stored, names), dialect), here);
      here.add(name);
      names.set(index, name);
    }
    for (const variable of declarations.of.get(block) ?? []) give(variable);
    for (const statement of block) {
      for (const inner of blocksOf(statement)) visit(inner, here, indexOf(statement));
    }
  };
  visit(body, taken, undefined);
  return names;
}

/** Counters that nobody named go by i, j, k; so do the positions in a list whose elements have the name. */
function counterName(name: string, here: ReadonlySet<string>): string | undefined {
  if (!/^(?:i\d*|.+_index)$/.test(name) || (name === "i" && !here.has("i"))) return undefined;
  return ["i", "j", "k", "l", "m"].find((letter) => !here.has(letter));
}

const indexOf = (statement: Statement): Local | undefined => (statement.kind === "for" ? statement.index : undefined);

/** What it would be called if the name were free. */
function wish(variable: Variable, stored: ReadonlyMap<ArrayVariable, Variable>, names: ReadonlyMap<Variable, string>): string {
  const { name, label } = variable;
  const isAdjoint = name.startsWith("d_");
  if (variable.kind === "array") {
    const source = stored.get(variable);
    // A tape is named after what it keeps.
    if (variable.role.kind === "stack" || (variable.role.kind === "scratch" && variable.role.uninitialised)) {
      const kept = source ? names.get(source) ?? wish(source, new Map(), names) : "";
      return /^(?:t\d*)?$/.test(kept) ? "saved" : `saved${capital(kept)}`;
    }
  }
  if (label !== undefined) return isAdjoint ? `d${capital(lastName(label.slice(1)))}` : lastName(label);
  const hint = name.replace(/^(?:d_)+/, "").replace(/(?:_\d+)+$/, "");
  if (isAdjoint) return hint === "t" || hint === "" ? "d" : `d${capital(hint)}`;
  return hint === "" ? "t" : hint;
}

/** The last name in a path, with the indices after it: "weights" of "layers[0].weights", "w2" of "w[2]". */
export function lastName(path: string): string {
  const [, name = "t", indices = ""] = /([\p{L}_$][\p{L}\p{N}_$]*)((?:\[\d+\])*)[^\p{L}]*$/u.exec(path) ?? [];
  return name + (indices.match(/\d+/g) ?? []).join("_");
}

export const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

export function free(wish: string, taken: ReadonlySet<string>): string {
  const [, stem = wish, digits = ""] = /^(.*?)(\d*)$/u.exec(wish) ?? [];
  // t0, t1 …; but x1_2, for x2 would be somebody else.
  const joint = digits === "" ? "" : stem === "t" ? undefined : `${digits}_`;
  let name = wish;
  for (let n = joint === undefined ? Number(digits) : 2; taken.has(name); n++) name = joint === undefined ? `${stem}${n}` : `${stem}${joint}${n}`;
  return name;
}
