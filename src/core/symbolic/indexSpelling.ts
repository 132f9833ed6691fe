import type { ArrayVariable, Local } from "../ir/types";
import { type Root, stepText } from "../print/code/elementAccess";
import { latexName, mathName } from "../print/names";
import type { Spelling, Written } from "../print/written";
import { type Affine, indexNames, isNumber, type Lookup } from "./affine";
import type { SumNodes } from "./sumNodes";
import { fieldAt, stemOf, type Way, Ways } from "./ways";

/** The letters of the indices in scope. */
export type Letters = ReadonlyMap<string, string>;

const indexLetters = ["i", "j", "k", "l", "m", "p", "q", "r", "s", "t"];
const sizeLetters = ["n", "m", "N", "M", "d"];

/** The letters of indices and of lengths, and how elements at indices are spelt. */
export class IndexSpelling {
  private readonly ways: Ways;
  /** Names that mean something else. */
  readonly taken: ReadonlySet<string>;
  private readonly sizes = new Map<number, string>();
  private readonly mentioned = new Set<number>();

  constructor(private readonly nodes: SumNodes, coordinates: readonly string[], roots: readonly Root[]) {
    this.ways = new Ways(coordinates, roots);
    const stems = coordinates.flatMap((path) => [stemOf(path), path.split(/[.[]/)[0] ?? path]);
    this.taken = new Set([...stems, ...roots.map(({ name }) => name)]);
  }

  /** Lengths that formulas mention, by the letter they have. */
  definedSizes(): (readonly [string, number])[] {
    return [...this.sizes].filter(([size]) => this.mentioned.has(size)).map(([size, letter]) => [letter, size] as const);
  }

  /** n, or n − 1, where the sum goes over data of that length. */
  upper(index: Local, to: Affine, base: number): string | undefined {
    if (!isNumber(to)) return undefined;
    const lengths = this.nodes.lengthsAlong(index.name);
    const size = lengths.find((length) => length >= to.constant && length - to.constant <= 1 && length > 3);
    if (size === undefined) return undefined;
    const less = size - to.constant + 1 - base;
    return less === 0 ? this.sizeLetter(size) : `${this.sizeLetter(size)}-${less}`;
  }

  size(value: number): Written {
    const letter = this.sizeLetter(value);
    const array = this.nodes.elements().map((element) => element.array).find(({ role, shape }) => role.kind === "data" && shape[0] === value);
    const prefix = array && this.prefix(array, 0, [], new Map());
    return { kind: "spelt", texts: { latex: letter, math: String(value), typescript: prefix === undefined ? String(value) : `${prefix.typescript}.length`, python: prefix === undefined ? String(value) : `len(${prefix.python})` } };
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

  letter(index: Local, letters: Letters): string {
    return letters.get(index.name) ?? this.free(index, letters);
  }

  free(index: Local, letters: Letters): string {
    const used = new Set([...letters.values(), ...this.sizes.values(), ...this.taken]);
    const own = index.label !== undefined && /^[a-df-z]$/.test(index.label) ? [index.label] : [];
    return [...own, ...indexLetters].find((letter) => !used.has(letter) && letter !== "n") ?? `i${letters.size + 1}`;
  }

  private elementsAt(index: Local): readonly { array: ArrayVariable; at: readonly Affine[] }[] {
    return this.nodes.elements().filter(({ at }) => at.some(({ terms }) => terms.has(index.name)));
  }

  /** Counted from 1 as on paper, but from 0 where unknowns are counted so, or where the number itself is in the formula. */
  base(index: string): 0 | 1 {
    return this.nodes.countsFromZero(index) ? 0 : 1;
  }

  affine({ constant, terms }: Affine, letters: Letters, base: number, dialect: "latex" | "math"): string {
    let text = "";
    for (const { local, times, found } of terms.values()) {
      const size = Math.abs(times) === 1 ? "" : String(Math.abs(times));
      text += `${times < 0 ? "-" : text === "" ? "" : "+"}${size}${found ? this.element(found.array, found.at, letters)[dialect] : this.letter(local, letters)}`;
    }
    // An index counted from 1 has the 1 in itself.
    const shift = terms.size === 0 ? base : [...terms.values()].reduce((sum, { local, times, found }) => sum - (found ? 0 : times * this.base(local.name)), base);
    const rest = constant + shift;
    if (text === "") return String(rest);
    return rest === 0 ? text : `${text}${rest > 0 ? "+" : "-"}${Math.abs(rest)}`;
  }

  /** In code every index counts from 0. */
  inCode({ constant, terms }: Affine, letters: Letters, dialect: "typescript" | "python"): string {
    let text = "";
    for (const { local, times, found } of terms.values()) {
      const size = Math.abs(times) === 1 ? "" : `${Math.abs(times)} * `;
      text += `${times < 0 ? (text === "" ? "-" : " - ") : text === "" ? "" : " + "}${size}${found ? this.lookup(found, letters, dialect) : this.letter(local, letters)}`;
    }
    if (text === "") return String(constant);
    return constant === 0 ? text : `${text} ${constant > 0 ? "+" : "-"} ${Math.abs(constant)}`;
  }

  private lookup({ array, at }: Lookup, letters: Letters, dialect: "typescript" | "python"): string {
    return this.code(this.ways.of(array), at, letters, dialect);
  }

  element(array: ArrayVariable, at: readonly Affine[], letters: Letters): Spelling {
    const way = this.ways.of(array);
    const onPaper = (d: number): string => this.affine(at[d] ?? { constant: 0, terms: new Map() }, letters, array.countedFrom ?? (this.nodes.dimensionFromZero(array, d) ? 0 : 1), "latex");
    // Plain mathematics counts data from 1, as our reader does.
    const inMath = (d: number): string => this.affine(at[d] ?? { constant: 0, terms: new Map() }, letters, array.role.kind === "data" || (array.role.kind === "scratch" && !this.nodes.dimensionFromZero(array, d)) ? 1 : 0, "math");
    const path = (index: (d: number) => string): string => way.map((step) => {
      if (typeof step === "string") return step;
      if ("constant" in step) return `[${step.constant + 1}]`;
      return (step.fields && fieldAt(step.fields, at[step.dimension])) ?? `[${index(step.dimension)}]`;
    }).join("");
    return {
      latex: latexName(this.singular(path(onPaper))), math: mathElement(path(inMath)),
      typescript: this.code(way, at, letters, "typescript"), python: this.code(way, at, letters, "python"),
    };
  }

  private code(way: Way, at: readonly Affine[], letters: Letters, dialect: "typescript" | "python"): string {
    return way.reduce<string>((text, step) => {
      if (typeof step === "string") return text + (step.startsWith(".") ? stepText(step.slice(1), dialect) : step);
      if ("constant" in step) return `${text}[${step.constant}]`;
      const field = step.fields && fieldAt(step.fields, at[step.dimension]);
      if (field !== undefined) return text + stepText(field.slice(1), dialect);
      const list = !step.fields ? text : dialect === "python" ? `list(${text}.values())` : `Object.values(${text})`;
      return `${list}[${this.inCode(at[step.dimension] ?? { constant: 0, terms: new Map() }, letters, dialect)}]`;
    }, "");
  }

  /** xs[i] as x_i, where no other x is about. */
  private singular(path: string): string {
    return path.replace(/(^|\.)([A-Za-z])s(?=\[[^.]*$)/, (whole, before: string, letter: string) => (this.taken.has(letter) ? whole : before + letter));
  }

  /** The list over which the index runs, in code. */
  rows(index: Local, to: Affine, letters: Letters): { readonly typescript: string; readonly python: string } | undefined {
    for (const { array, at } of this.elementsAt(index)) {
      const d = at.findIndex(({ constant, terms }) => constant === 0 && terms.size === 1 && terms.get(index.name)?.times === 1);
      if (d < 0 || !isNumber(to) || array.shape[d] !== to.constant) continue;
      // Of u[i + 1][j] the row may not be there.
      if (at.slice(0, d).some(({ constant, terms }) => constant !== 0 && terms.size > 0)) continue;
      const prefix = this.prefix(array, d, at, letters);
      if (prefix !== undefined) return prefix;
    }
    return undefined;
  }

  private prefix(array: ArrayVariable, dimension: number, at: readonly Affine[], letters: Letters): { readonly typescript: string; readonly python: string } | undefined {
    const way = this.ways.of(array);
    const end = way.findIndex((step) => typeof step !== "string" && "dimension" in step && step.dimension === dimension && !step.fields);
    const before = way.slice(0, end);
    const scoped = before.every((step) => typeof step === "string" || "constant" in step || indexNames(at[step.dimension] ?? { constant: 0, terms: new Map() }).every((name) => letters.has(name)));
    return end < 0 || !scoped ? undefined : { typescript: this.code(before, at, letters, "typescript"), python: this.code(before, at, letters, "python") };
  }
}

/** xs_i, and xs[i - 1] where the index is longer than a word. */
function mathElement(path: string): string {
  if (!/\[(?:[^\]]*[-+]|\d+[a-z])/.test(path)) return mathName(path);
  const bare = path.replace(/\[[^\]]*\]/g, "");
  const indices = [...path.matchAll(/\[([^\]]*)\]/g)].map(([, index = ""]) => index.replace(/(?<=\w)([-+])(?=\w)/g, " $1 ").replace(/(\d)([a-z])/g, "$1 * $2"));
  return `${stemOf(bare)}[${indices.join(", ")}]`;
}
