import { type Root, stepText } from "../print/code/elementAccess";
import { latexName, mathName } from "../print/names";
import { call, sameWritten, type Spelling, type Written } from "../print/written";
import type { ArrayVariable, Local } from "../ir/types";
import { type Affine, type Lookup, indexNames, isNumber } from "./affine";
import { arranged } from "./arrangeSums";
import { denied, linesBelow } from "./conditionsBelow";
import type { Meaning } from "./meaning";
import type { SumNodes } from "./sumNodes";
import type { SumOverIndex } from "./sums";
import { fieldAt, stemOf, type Way, Ways } from "./ways";

/** The letters of the indices in scope. */
type Letters = ReadonlyMap<string, string>;

const indexLetters = ["i", "j", "k", "l", "m", "p", "q", "r", "s", "t"];
const sizeLetters = ["n", "m", "N", "M", "d"];

type Bounds = Pick<SumOverIndex, "operator" | "index" | "from" | "to" | "except">;

/** What a name that a formula was written with stands for: a symbol of the algebra, or a sum as the user wrote its body. */
export interface Inside {
  /** The inside of the sum that the name stands for. */
  body(path: string): { sum: Bounds; written: Written } | undefined;
  meaning(path: string): Meaning | undefined;
}

/** Puts sums, elements and lengths into formulas that were written with names for them. */
export class SumWriter {
  private readonly ways: Ways;
  private readonly taken: ReadonlySet<string>;
  private readonly sizes = new Map<number, string>();
  private readonly mentioned = new Set<number>();

  constructor(private readonly nodes: SumNodes, coordinates: readonly string[], roots: readonly Root[], private readonly inside: Inside) {
    this.ways = new Ways(coordinates, roots);
    const stems = coordinates.flatMap((path) => [stemOf(path), path.split(/[.[]/)[0] ?? path]);
    this.taken = new Set([...stems, ...roots.map(({ name }) => name)]);
  }

  /** `onPaper`: fractions before a sum rather than a sum over a bar. */
  finish(written: Written, onPaper: boolean, open: readonly Local[] = []): Written {
    const letters = new Map<string, string>();
    for (const index of open) letters.set(index.name, this.free(index, letters));
    // What stands inside a sum, told by itself: the indices around it have letters before those within, the outermost first.
    const loose = [...this.looseIn(written, new Map())].sort(([a], [b]) => (a < b ? 1 : -1));
    for (const [name, index] of loose) if (!letters.has(name)) letters.set(name, this.free(index, letters));
    return this.replace(written, onPaper, letters);
  }

  /** Indices that no sum in it goes over. */
  private looseIn(written: Written, found: Map<string, Local>): Map<string, Local> {
    const names = (free: Iterable<string>): void => {
      for (const name of free) {
        const index = this.nodes.sums.indexNamed(name);
        if (index) found.set(name, index);
      }
    };
    if (written.kind === "call") for (const arg of written.args) this.looseIn(arg, found);
    if (written.kind === "cases") {
      for (const { condition, value } of written.branches) for (const part of [condition, value]) this.looseIn(part, found);
      this.looseIn(written.otherwise, found);
    }
    if (written.kind === "name") names(this.nodes.freeNames(written.path));
    return found;
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
    const meaning = this.inside.meaning(written.path);
    switch (meaning?.kind) {
      case "index": return { kind: "spelt", texts: same(this.letter(meaning.local, letters)) };
      case "size": return this.size(meaning.value);
      case "element": return { kind: "spelt", texts: this.element(meaning.array, meaning.at, letters) };
      case "delta":
      case "chosen":
      case "differs":
      case "atLeast": return this.oneWhere(meaning, letters);
      default: return written;
    }
  }

  /** 1 where the index is the number (δ on paper), where it is not negative, or where it is not 0; 0 elsewhere. */
  private oneWhere(meaning: Extract<Meaning, { kind: "delta" | "chosen" | "atLeast" | "differs" }>, letters: Letters): Written {
    const { of, kind } = meaning;
    // What data say counts as it is.
    const base = kind === "chosen" ? 0 : Math.min(...[...of.terms.keys()].map((name) => this.base(name)));
    const spell = (index: (number: Affine, base: number, dialect: keyof Spelling) => string, from: number, dialect: keyof Spelling): string => {
      const strict = dialect === "typescript" ? "=" : "";
      const condition = kind === "atLeast" ? `${index(of, 0, dialect)} >= 0` : kind === "differs" ? `${index(of, 0, dialect)} !=${strict} 0` : `${index(of, from, dialect)} ==${strict} ${meaning.equals + from}`;
      return dialect === "python" ? `(1 if ${condition} else 0)` : `(${condition} ? 1 : 0)`;
    };
    const onPaper = (number: Affine, from: number): string => this.affine(number, letters, from, "latex");
    return {
      kind: "spelt", texts: {
        latex: kind === "chosen" ? `\\mathbf{1}_{${onPaper(of, 0)} = ${meaning.equals}}` : kind === "delta" ? `\\delta_{${onPaper(of, base)},${meaning.equals + base}}` : `[${onPaper(of, 0)} \\${kind === "atLeast" ? "ge" : "ne"} 0]`,
        typescript: spell((number) => this.inCode(number, letters, "typescript"), 0, "typescript"),
        python: spell((number) => this.inCode(number, letters, "python"), 0, "python"),
        math: spell((number, from) => this.affine(number, letters, from, "math"), base, "math"),
      },
    };
  }

  private sum(bounds: Bounds, body: Written, onPaper: boolean, around: Letters): Written {
    const { operator, index, from, to, except = [] } = bounds;
    const letter = this.free(index, around);
    const letters = new Map([...around, [index.name, letter]]);
    const base = this.base(index.name);
    const rows = isNumber(from) && from.constant === 0 ? this.rows(index, to, letters) : undefined;
    const end = this.inCode(to, around, "typescript");
    const low = this.inCode(from, around, "typescript");
    const upper = this.upper(index, to, base) ?? this.affine(to, around, base - 1, "latex");
    const isSum = operator === "sum";
    const short = onPaper && !isSum ? this.factorial(bounds, body, around) : undefined;
    if (short) return short;
    const only = onPaper ? this.onlyWhere(body, isSum ? "0" : "1") : undefined;
    const first = `${letter}=${this.affine(from, around, base, "latex")}`;
    const further = [
      ...except.map((value) => `${letter} \\ne ${this.affine(value, around, base, "latex")}`),
      ...(only ? linesBelow(only.conditions.map((condition) => this.replace(condition, onPaper, letters))) : []),
    ];
    const below = further.length > 0 ? `\\substack{${[first, ...further].join(" \\\\ ")}}` : first;
    const total = [isSum ? "sum" : "product", "total"].find((word) => !this.taken.has(word)) ?? "total";
    const skipped = (sign: string, dialect: "typescript" | "python", joint: string): string => except.map((value) => `${letter} ${sign} ${this.inCode(value, around, dialect)}`).join(joint);
    const step = `${except.length > 0 ? `${skipped("===", "typescript", " || ")} ? ${total} : ` : ""}${total} ${isSum ? "+" : "*"} $`;
    const keys = `[...Array(${end}).keys()]${low === "0" ? "" : `.slice(${low})`}`;
    const range = rows === undefined ? `${low === "0" ? "" : `${this.inCode(from, around, "python")}, `}${this.inCode(to, around, "python")}` : `len(${rows.python})`;
    const python = `$ for ${letter} in range(${range})${except.length > 0 ? ` if ${skipped("!=", "python", " and ")}` : ""}`;
    const limits = `${letter} = ${this.affine(from, around, base, "math")}..${this.affine(to, around, base - 1, "math")}`;
    const factor = `${except.map((value) => `${letter} == ${this.affine(value, around, base, "math")} ? ${isSum ? 0 : 1} : `).join("")}$`;
    return {
      kind: "sum", operator, body: this.replace(only?.value ?? body, onPaper, letters),
      around: {
        latex: `\\${isSum ? "sum" : "prod"}_{${below}}^{${upper}}`,
        typescript: rows === undefined ? `${keys}.reduce((${total}, ${letter}) => ${step}, ${isSum ? 0 : 1})` : `${rows.typescript}.reduce((${total}, _, ${letter}) => ${step}, ${isSum ? 0 : 1})`,
        python: isSum ? `sum(${python})` : `np.prod([${python}])`,
        math: `${isSum ? "sum" : "prod"}(${factor}, ${limits})`,
      },
    };
  }

  /** Π k from 1 or 2 is a factorial. */
  private factorial({ index, from, to, except }: Bounds, body: Written, around: Letters): Written | undefined {
    const meaning = body.kind === "name" ? this.inside.meaning(body.path) : undefined;
    if (meaning?.kind !== "index" || meaning.local.name !== index.name || except || !isNumber(from) || (from.constant !== 1 && from.constant !== 2)) return undefined;
    const upper = this.affine(to, around, -1, "latex");
    return { kind: "spelt", texts: same(`${/^\w+$/.test(upper) ? upper : `(${upper})`}!`) };
  }

  /** Where cases of the data's leave out the other terms, the sum goes over those that they mean. */
  private onlyWhere(body: Written, nothing: "0" | "1"): { readonly conditions: readonly Written[]; readonly value: Written } | undefined {
    if (body.kind !== "cases" || !body.branches.every(({ condition }) => this.isOfData(condition))) return undefined;
    const isNothing = (value: Written): boolean => value.kind === "number" && value.text === nothing;
    const { branches: [first, ...others], otherwise } = body;
    if (first && isNothing(otherwise) && others.every(({ value }) => sameWritten(value, first.value))) {
      return { conditions: [others.reduce((any, { condition }) => call("or", [any, condition]), first.condition)], value: first.value };
    }
    if (!body.branches.every(({ value }) => isNothing(value))) return undefined;
    const conditions = body.branches.map(({ condition }) => denied(condition));
    return conditions.every((holding) => holding !== undefined) ? { conditions: conditions.flat(), value: otherwise } : undefined;
  }

  private isOfData(written: Written): boolean {
    switch (written.kind) {
      case "number":
      case "constant": return true;
      case "name": {
        const meaning = this.inside.meaning(written.path);
        return meaning?.kind === "index" || meaning?.kind === "size" || (meaning?.kind === "element" && meaning.array.role.kind === "data");
      }
      case "call": return written.args.every((arg) => this.isOfData(arg));
      default: return false;
    }
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

  private affine({ constant, terms }: Affine, letters: Letters, base: number, dialect: "latex" | "math"): string {
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
  private inCode({ constant, terms }: Affine, letters: Letters, dialect: "typescript" | "python"): string {
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

  private element(array: ArrayVariable, at: readonly Affine[], letters: Letters): Spelling {
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
  private rows(index: Local, to: Affine, letters: Letters): { readonly typescript: string; readonly python: string } | undefined {
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

const same = (text: string): Spelling => ({ latex: text, typescript: text, python: text, math: text });
