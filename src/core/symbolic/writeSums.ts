import type { Local } from "../ir/types";
import type { Root } from "../print/code/elementAccess";
import { call, sameWritten, type Spelling, type Written } from "../print/written";
import { type Affine, isNumber } from "./affine";
import { arranged } from "./arrangeSums";
import { denied, linesBelow } from "./conditionsBelow";
import { IndexSpelling, type Letters } from "./indexSpelling";
import type { Meaning } from "./meaning";
import type { SumNodes } from "./sumNodes";
import type { SumOverIndex } from "./sums";

type Bounds = Pick<SumOverIndex, "operator" | "index" | "from" | "to" | "except">;

/** What a name that a formula was written with stands for: a symbol of the algebra, or a sum as the user wrote its body. */
export interface Inside {
  /** The inside of the sum that the name stands for. */
  body(path: string): { sum: Bounds; written: Written } | undefined;
  meaning(path: string): Meaning | undefined;
}

/** Puts sums, elements and lengths into formulas that were written with names for them. */
export class SumWriter {
  private readonly spelling: IndexSpelling;

  constructor(private readonly nodes: SumNodes, coordinates: readonly string[], roots: readonly Root[], private readonly inside: Inside) {
    this.spelling = new IndexSpelling(nodes, coordinates, roots);
  }

  /** `onPaper`: fractions before a sum rather than a sum over a bar. */
  finish(written: Written, onPaper: boolean, open: readonly Local[] = []): Written {
    const letters = new Map<string, string>();
    for (const index of open) letters.set(index.name, this.spelling.free(index, letters));
    // What stands inside a sum, told by itself: the indices around it have letters before those within, the outermost first.
    const loose = [...this.looseIn(written, new Map())].sort(([a], [b]) => (a < b ? 1 : -1));
    for (const [name, index] of loose) if (!letters.has(name)) letters.set(name, this.spelling.free(index, letters));
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
    return this.spelling.definedSizes();
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
      case "index": return { kind: "spelt", texts: same(this.spelling.letter(meaning.local, letters)) };
      case "size": return this.spelling.size(meaning.value);
      case "element": return { kind: "spelt", texts: this.spelling.element(meaning.array, meaning.at, letters) };
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
    const base = kind === "chosen" ? 0 : Math.min(...[...of.terms.keys()].map((name) => this.spelling.base(name)));
    const spell = (index: (number: Affine, base: number, dialect: keyof Spelling) => string, from: number, dialect: keyof Spelling): string => {
      const strict = dialect === "typescript" ? "=" : "";
      const condition = kind === "atLeast" ? `${index(of, 0, dialect)} >= 0` : kind === "differs" ? `${index(of, 0, dialect)} !=${strict} 0` : `${index(of, from, dialect)} ==${strict} ${meaning.equals + from}`;
      return dialect === "python" ? `(1 if ${condition} else 0)` : `(${condition} ? 1 : 0)`;
    };
    const onPaper = (number: Affine, from: number): string => this.spelling.affine(number, letters, from, "latex");
    return {
      kind: "spelt", texts: {
        latex: kind === "chosen" ? `\\mathbf{1}_{${onPaper(of, 0)} = ${meaning.equals}}` : kind === "delta" ? `\\delta_{${onPaper(of, base)},${meaning.equals + base}}` : `[${onPaper(of, 0)} \\${kind === "atLeast" ? "ge" : "ne"} 0]`,
        typescript: spell((number) => this.spelling.inCode(number, letters, "typescript"), 0, "typescript"),
        python: spell((number) => this.spelling.inCode(number, letters, "python"), 0, "python"),
        math: spell((number, from) => this.spelling.affine(number, letters, from, "math"), base, "math"),
      },
    };
  }

  private sum(bounds: Bounds, body: Written, onPaper: boolean, around: Letters): Written {
    const { operator, index, from, to, except = [] } = bounds;
    const letter = this.spelling.free(index, around);
    const letters = new Map([...around, [index.name, letter]]);
    const base = this.spelling.base(index.name);
    const rows = isNumber(from) && from.constant === 0 ? this.spelling.rows(index, to, letters) : undefined;
    const end = this.spelling.inCode(to, around, "typescript");
    const low = this.spelling.inCode(from, around, "typescript");
    const upper = this.spelling.upper(index, to, base) ?? this.spelling.affine(to, around, base - 1, "latex");
    const isSum = operator === "sum";
    const short = onPaper && !isSum ? this.factorial(bounds, body, around) : undefined;
    if (short) return short;
    const only = onPaper ? this.onlyWhere(body, isSum ? "0" : "1") : undefined;
    const first = `${letter}=${this.spelling.affine(from, around, base, "latex")}`;
    const further = [
      ...except.map((value) => `${letter} \\ne ${this.spelling.affine(value, around, base, "latex")}`),
      ...(only ? linesBelow(only.conditions.map((condition) => this.replace(condition, onPaper, letters))) : []),
    ];
    const below = further.length > 0 ? `\\substack{${[first, ...further].join(" \\\\ ")}}` : first;
    const total = [isSum ? "sum" : "product", "total"].find((word) => !this.spelling.taken.has(word)) ?? "total";
    const skipped = (sign: string, dialect: "typescript" | "python", joint: string): string => except.map((value) => `${letter} ${sign} ${this.spelling.inCode(value, around, dialect)}`).join(joint);
    const step = `${except.length > 0 ? `${skipped("===", "typescript", " || ")} ? ${total} : ` : ""}${total} ${isSum ? "+" : "*"} $`;
    const keys = `[...Array(${end}).keys()]${low === "0" ? "" : `.slice(${low})`}`;
    const range = rows === undefined ? `${low === "0" ? "" : `${this.spelling.inCode(from, around, "python")}, `}${this.spelling.inCode(to, around, "python")}` : `len(${rows.python})`;
    const python = `$ for ${letter} in range(${range})${except.length > 0 ? ` if ${skipped("!=", "python", " and ")}` : ""}`;
    const limits = `${letter} = ${this.spelling.affine(from, around, base, "math")}..${this.spelling.affine(to, around, base - 1, "math")}`;
    const factor = `${except.map((value) => `${letter} == ${this.spelling.affine(value, around, base, "math")} ? ${isSum ? 0 : 1} : `).join("")}$`;
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
    const upper = this.spelling.affine(to, around, -1, "latex");
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
}

const same = (text: string): Spelling => ({ latex: text, typescript: text, python: text, math: text });
