import { type Access, type AccessStep, findAccess, type Root, stepText } from "../print/code/elementAccess";
import { latexName, mathName } from "../print/names";
import { call, type Spelling, type Written } from "../print/written";
import type { ArrayVariable, Local } from "../ir/types";
import { type Affine, isNumber } from "./affine";
import type { Meaning, SumNodes } from "./sumNodes";

/** The way to an element: text, and the dimensions along which an index is written. */
type Way = readonly (string | { readonly dimension: number; readonly fields?: readonly string[] } | { readonly constant: number })[];
/** The letters of the indices in scope. */
type Letters = ReadonlyMap<string, string>;

const indexLetters = ["i", "j", "k", "l", "m", "p", "q", "r", "s", "t"];
const sizeLetters = ["n", "m", "N", "M", "d"];

/** What a name that a formula was written with stands for: a symbol of the algebra, or a sum as the user wrote its body. */
export interface Inside {
  /** The inside of the sum that the name stands for. */
  body(path: string): { sum: { readonly index: Local; readonly from: Affine; readonly to: Affine }; written: Written } | undefined;
  meaning(path: string): Meaning | undefined;
  /** A name of the user's for something that depends on indices. */
  label(path: string): { readonly label: string; readonly indices: readonly Local[] } | undefined;
}

/** Puts sums, elements and lengths into formulas that were written with names for them. */
export class SumWriter {
  private readonly ways = new Map<ArrayVariable, Way>();
  private readonly taken: ReadonlySet<string>;
  private readonly sizes = new Map<number, string>();
  private readonly mentioned = new Set<number>();

  constructor(private readonly nodes: SumNodes, private readonly coordinates: readonly string[], private readonly roots: readonly Root[], private readonly inside: Inside) {
    const stems = coordinates.flatMap((path) => [stemOf(path), path.split(/[.[]/)[0] ?? path]);
    this.taken = new Set([...stems, ...roots.map(({ name }) => name)]);
  }

  /** `onPaper`: fractions before a sum rather than a sum over a bar. */
  finish(written: Written, onPaper: boolean): Written {
    return this.replace(written, onPaper, new Map());
  }

  /** Lengths that formulas mention, by the letter they have. */
  definedSizes(): (readonly [string, number])[] {
    return [...this.sizes].filter(([size]) => this.mentioned.has(size)).map(([size, letter]) => [letter, size] as const);
  }

  private replace(written: Written, onPaper: boolean, letters: Letters): Written {
    const of = (part: Written): Written => this.replace(part, onPaper, letters);
    switch (written.kind) {
      case "name": return this.named(written, onPaper, letters);
      case "call": {
        const whole = call(written.primitive, written.args.map(of));
        return onPaper ? arranged(whole) : whole;
      }
      case "cases": return {
        kind: "cases", otherwise: of(written.otherwise),
        branches: written.branches.map(({ condition, value }) => ({ condition: of(condition), value: of(value) })),
      };
      default: return written;
    }
  }

  private named(written: Extract<Written, { kind: "name" }>, onPaper: boolean, letters: Letters): Written {
    const found = this.inside.body(written.path);
    if (found) return this.sum(found.sum, found.written, onPaper, letters);
    const own = this.inside.label(written.path);
    if (own) {
      const indices = own.indices.map((index) => this.letter(index, letters));
      return { kind: "spelt", texts: { ...same(own.label), latex: latexName(`${own.label}${indices.map((letter) => `[${letter}]`).join("")}`), math: [own.label, ...indices].join("_") } };
    }
    const meaning = this.inside.meaning(written.path);
    switch (meaning?.kind) {
      case "index": return { kind: "spelt", texts: same(this.letter(meaning.local, letters)) };
      case "size": return this.size(meaning.value);
      case "element": return { kind: "spelt", texts: this.element(meaning.array, meaning.at, letters) };
      default: return written;
    }
  }

  private sum({ index, from, to }: { readonly index: Local; readonly from: Affine; readonly to: Affine }, body: Written, onPaper: boolean, around: Letters): Written {
    const letter = this.free(index, around);
    const letters = new Map([...around, [index.name, letter]]);
    const base = this.base(index.name);
    const [low, end] = [this.affine(from, around, 0), this.affine(to, around, 0)];
    const upper = this.upper(index, to, base) ?? this.affine(to, around, base - 1);
    const rows = isNumber(from) && from.constant === 0 ? this.rows(index, to, letters) : undefined;
    const sum = this.taken.has("sum") ? "total" : "sum";
    const keys = `[...Array(${end}).keys()]${low === "0" ? "" : `.slice(${low})`}`;
    return {
      kind: "sum", body: this.replace(body, onPaper, letters),
      around: {
        latex: `\\sum_{${letter}=${this.affine(from, around, base)}}^{${upper}}`,
        typescript: rows === undefined ? `${keys}.reduce((${sum}, ${letter}) => ${sum} + $, 0)` : `${rows}.reduce((${sum}, _, ${letter}) => ${sum} + $, 0)`,
        python: `sum($ for ${letter} in range(${rows === undefined ? `${low === "0" ? "" : `${low}, `}${end}` : `len(${rows})`}))`,
        math: `sum($, ${letter} = ${this.affine(from, around, base)}..${this.affine(to, around, base - 1)})`,
      },
    };
  }

  /** n, or n − 1, where the sum goes over data of that length. */
  private upper(index: Local, to: Affine, base: number): string | undefined {
    if (!isNumber(to)) return undefined;
    const lengths = this.nodes.lengthsAlong(index.name);
    const size = lengths.find((length) => length >= to.constant && length - to.constant <= 1 && length > 3);
    if (size === undefined) return undefined;
    const less = size - to.constant + 1 - base;
    return less === 0 ? this.sizeLetter(size) : `${this.sizeLetter(size)}-${less}`;
  }

  private size(value: number): Written {
    const letter = this.sizeLetter(value);
    const array = this.nodes.elements().map((element) => element.array).find(({ role, shape }) => role.kind === "data" && shape[0] === value);
    const prefix = array && this.prefix(array, 0, [], new Map());
    return { kind: "spelt", texts: { latex: letter, math: String(value), typescript: prefix === undefined ? String(value) : `${prefix}.length`, python: prefix === undefined ? String(value) : `len(${prefix})` } };
  }

  /** Lengths in the order in which their data come. */
  private sizeLetter(value: number): string {
    this.mentioned.add(value);
    const lengths = this.nodes.elements().flatMap(({ array }) => (array.role.kind === "data" ? array.shape : [])).filter((length) => length > 3);
    for (const length of [...lengths, value]) {
      if (this.sizes.has(length)) continue;
      const used = new Set([...this.sizes.values(), ...this.taken]);
      this.sizes.set(length, sizeLetters.find((candidate) => !used.has(candidate)) ?? `n_{${this.sizes.size + 1}}`);
    }
    return this.sizes.get(value) ?? String(value);
  }

  private letter(index: Local, letters: Letters): string {
    return letters.get(index.name) ?? this.free(index, letters);
  }

  private free(index: Local, letters: Letters): string {
    const used = new Set([...letters.values(), ...this.sizes.values(), ...this.taken]);
    const own = index.label !== undefined && /^[a-df-z]$/.test(index.label) ? [index.label] : [];
    return [...own, ...indexLetters].find((letter) => !used.has(letter) && letter !== "n") ?? `i${letters.size + 1}`;
  }

  private elementsAt(index: Local): readonly { array: ArrayVariable; at: readonly Affine[] }[] {
    return this.nodes.elements().filter(({ at }) => at.some(({ terms }) => terms.has(index.name)));
  }

  /** Counted from 1 as on paper, but from 0 where unknowns are counted so, or where the number itself is in the formula. */
  private base(index: string): 0 | 1 {
    return this.nodes.countsFromZero(index) ? 0 : 1;
  }

  private affine({ constant, terms }: Affine, letters: Letters, base: number): string {
    let text = "";
    for (const { local, times } of terms.values()) {
      const size = Math.abs(times) === 1 ? "" : String(Math.abs(times));
      text += `${times < 0 ? "-" : text === "" ? "" : "+"}${size}${this.letter(local, letters)}`;
    }
    // An index counted from 1 has the 1 in itself.
    const shift = terms.size === 0 ? base : [...terms.values()].reduce((sum, { local, times }) => sum - times * this.base(local.name), base);
    const rest = constant + shift;
    if (text === "") return String(rest);
    return rest === 0 ? text : `${text}${rest > 0 ? "+" : "-"}${Math.abs(rest)}`;
  }

  /** In code every index counts from 0. */
  private inCode({ constant, terms }: Affine, letters: Letters): string {
    let text = "";
    for (const { local, times } of terms.values()) {
      const size = Math.abs(times) === 1 ? "" : `${Math.abs(times)} * `;
      text += `${times < 0 ? (text === "" ? "-" : " - ") : text === "" ? "" : " + "}${size}${this.letter(local, letters)}`;
    }
    if (text === "") return String(constant);
    return constant === 0 ? text : `${text} ${constant > 0 ? "+" : "-"} ${Math.abs(constant)}`;
  }

  private element(array: ArrayVariable, at: readonly Affine[], letters: Letters): Spelling {
    const way = this.way(array);
    const onPaper = (d: number): string => this.affine(at[d] ?? { constant: 0, terms: new Map() }, letters, array.countedFrom ?? (this.nodes.dimensionFromZero(array, d) ? 0 : 1));
    // Plain mathematics counts data from 1, as our reader does.
    const inMath = (d: number): string => this.affine(at[d] ?? { constant: 0, terms: new Map() }, letters, array.role.kind === "data" ? 1 : 0);
    const path = (index: (d: number) => string): string => way.map((step) => {
      if (typeof step === "string") return step;
      return "constant" in step ? `[${step.constant + 1}]` : step.fields ? fieldAt(step.fields, at[step.dimension]) : `[${index(step.dimension)}]`;
    }).join("");
    return {
      latex: latexName(this.singular(path(onPaper))), math: mathElement(path(inMath)),
      typescript: this.code(way, at, letters, "typescript"), python: this.code(way, at, letters, "python"),
    };
  }

  private code(way: Way, at: readonly Affine[], letters: Letters, dialect: "typescript" | "python"): string {
    return way.map((step) => {
      if (typeof step === "string") return step.startsWith(".") ? stepText(step.slice(1), dialect) : step;
      if ("constant" in step) return `[${step.constant}]`;
      if (step.fields) return stepText(fieldAt(step.fields, at[step.dimension]).slice(1), dialect);
      return `[${this.inCode(at[step.dimension] ?? { constant: 0, terms: new Map() }, letters)}]`;
    }).join("");
  }

  /** xs[i] as x_i, where no other x is about. */
  private singular(path: string): string {
    return path.replace(/(^|\.)([A-Za-z])s(?=\[[^.]*$)/, (whole, before: string, letter: string) => (this.taken.has(letter) ? whole : before + letter));
  }

  /** The list over which the index runs, in code. */
  private rows(index: Local, to: Affine, letters: Letters): string | undefined {
    for (const { array, at } of this.elementsAt(index)) {
      const d = at.findIndex(({ constant, terms }) => constant === 0 && terms.size === 1 && terms.get(index.name)?.times === 1);
      if (d < 0 || !isNumber(to) || array.shape[d] !== to.constant) continue;
      const prefix = this.prefix(array, d, at, letters);
      if (prefix !== undefined) return prefix;
    }
    return undefined;
  }

  private prefix(array: ArrayVariable, dimension: number, at: readonly Affine[], letters: Letters): string | undefined {
    const way = this.way(array);
    const end = way.findIndex((step) => typeof step !== "string" && "dimension" in step && step.dimension === dimension && !step.fields);
    const before = way.slice(0, end);
    const scoped = before.every((step) => typeof step === "string" || "constant" in step || [...(at[step.dimension]?.terms.keys() ?? [])].every((name) => letters.has(name)));
    return end < 0 || !scoped ? undefined : this.code(before, at, letters, "typescript");
  }

  private way(array: ArrayVariable): Way {
    const known = this.ways.get(array);
    if (known) return known;
    const found = this.findWay(array);
    const isTaken = [...this.ways.values()].some((other) => JSON.stringify(other) === JSON.stringify(found));
    // Two lists are never called the same.
    const way = isTaken ? [array.name, ...array.shape.map((_, dimension) => ({ dimension }))] : found;
    this.ways.set(array, way);
    return way;
  }

  private findWay(array: ArrayVariable): Way {
    const plain: Way = [array.label ?? array.name, ...array.shape.map((_, dimension) => ({ dimension }))];
    if (array.role.kind === "parameter") return this.wayOfUnknowns(array, array.role.offset) ?? plain;
    if (array.role.kind !== "data") return plain;
    const { values } = array.role;
    // The list that the program itself names comes first among equal ones.
    const own = this.roots.filter(({ name }) => name === array.label);
    const access = findAccess(values, array.shape, own) ?? findAccess(values, array.shape, this.roots);
    return access ? wayOf(access) : plain;
  }

  /** Which brackets of a coordinate's path count along which dimension. */
  private wayOfUnknowns(array: ArrayVariable, offset: number): Way | undefined {
    // x_1, x_2 … are the elements of x: the array's own name says it.
    if (/^[^.[]+_\d+$/.test(this.coordinates[offset] ?? "")) return undefined;
    const first = partsOf(this.coordinates[offset] ?? "");
    const way: (Way[number])[] = first.map((part) => (part.startsWith("[") ? { constant: Number(part.slice(1, -1)) } : part));
    let stride = 1;
    for (let dimension = array.shape.length - 1; dimension >= 0; dimension--) {
      const length = array.shape[dimension] ?? 1;
      const next = length > 1 ? partsOf(this.coordinates[offset + stride] ?? "") : first;
      const changed = first.findIndex((part, i) => part !== next[i]);
      if (length > 1 && changed < 0) return undefined;
      // Fields are a dimension too, where objects were put into an array.
      const fields = Array.from({ length }, (_, k) => partsOf(this.coordinates[offset + k * stride] ?? "")[changed]?.slice(1) ?? "");
      if (length > 1) way[changed] = first[changed]?.startsWith("[") ? { dimension } : { dimension, fields };
      stride *= length;
    }
    return way;
  }
}

/** xs_i, and xs[i - 1] where the index is longer than a word. */
function mathElement(path: string): string {
  if (!/\[(?:[^\]]*[-+]|\d+[a-z])/.test(path)) return mathName(path);
  const bare = path.replace(/\[[^\]]*\]/g, "");
  const indices = [...path.matchAll(/\[([^\]]*)\]/g)].map(([, index = ""]) => index.replace(/(?<=\w)([-+])(?=\w)/g, " $1 ").replace(/(\d)([a-z])/g, "$1 * $2"));
  return `${stemOf(bare)}[${indices.join(", ")}]`;
}

const same = (text: string): Spelling => ({ latex: text, typescript: text, python: text, math: text });
const stemOf = (path: string): string => path.replace(/\[[^\]]*\]/g, "").split(".").at(-1) ?? path;
const partsOf = (path: string): string[] => path.match(/\[[^\]]*\]|[^[]+/g) ?? [];
const fieldAt = (fields: readonly string[], at: Affine | undefined): string => `.${fields[at?.constant ?? 0] ?? ""}`;

function wayOf({ root, steps }: Access): Way {
  return [root, ...steps.map((step: AccessStep): Way[number] => {
    if (!("step" in step)) return step;
    return typeof step.step === "number" ? { constant: step.step } : `.${step.step}`;
  })];
}

/** Σ at the end of its product, and what it is divided by before it: (2/n) Σ. */
function arranged(written: Extract<Written, { kind: "call" }>): Written {
  const [a, b] = written.args;
  if (written.primitive === "divide" && a && b && !isOrHasSum(b)) {
    if (a.kind === "call" && a.primitive === "negate" && a.args[0] && endsInSum(a.args[0])) return call("negate", [arranged(call("divide", [a.args[0], b]))]);
    if (a.kind === "sum") return call("multiply", [call("divide", [{ kind: "number", text: "1" }, b]), a]);
    if (a.kind === "call" && a.primitive === "multiply" && a.args[0] && a.args[1]?.kind === "sum") return call("multiply", [call("divide", [a.args[0], b]), a.args[1]]);
  }
  if (written.primitive === "multiply" && a && b) {
    if (a.kind === "sum" && b.kind !== "sum") return call("multiply", [b, a]);
    if (a.kind === "call" && a.primitive === "multiply" && a.args[0] && a.args[1]?.kind === "sum" && b.kind !== "sum") return call("multiply", [arranged(call("multiply", [a.args[0], b])), a.args[1]]);
    if (b.kind === "call" && b.primitive === "multiply" && b.args[0] && b.args[1]?.kind === "sum") return call("multiply", [arranged(call("multiply", [a, b.args[0]])), b.args[1]]);
  }
  return written;
}

/** A fraction of sums is one fraction. */
const isOrHasSum = (written: Written): boolean => written.kind === "sum" || (written.kind === "call" && /^(?:multiply|power)$/.test(written.primitive) && written.args.some(isOrHasSum));
const endsInSum = (written: Written): boolean => written.kind === "sum" || (written.kind === "call" && written.primitive === "multiply" && written.args[1]?.kind === "sum");
