import { read } from "../ir/build";
import type { Expression } from "../ir/types";
import type { Root } from "../print/code/elementAccess";
import { fromIr } from "../print/fromIr";
import { printable } from "../print/printable";
import { negate, type Written } from "../print/written";
import type { Algebra } from "./algebra";
import type { Canonical } from "./canonical";
import type { Printable } from "./formula";
import type { Node } from "./node";
import type { LetterPlaces } from "./order";
import { present, type Presentation, type Style } from "./present";
import type { SumNodes } from "./sumNodes";
import type { Tidy } from "./tidy";
import { type Inside, SumWriter } from "./writeSums";

/** What a formula is made of, for those who write it. */
interface Parts {
  readonly algebra: Algebra;
  readonly canonical: Canonical;
  readonly tidy: Tidy;
  readonly nodes: SumNodes | undefined;
  /** (σ/r)¹² is σ¹²/r¹² to the algebra, and stays (σ/r)¹² where it stands by itself. */
  readonly quotients: ReadonlyMap<Node, Expression>;
  readonly letterPlaces: LetterPlaces | undefined;
}

/** Writes one formula, and what has been derived from it: on paper, as plain text, and as code. */
export class Writing {
  private known: { readonly freshSums: number } & Record<Style, Map<Node, Written>> = { freshSums: 0, ...nothingWritten() };
  private readonly writtenParts = new Map<Expression, Written>();
  /** Puts the sums in, where there are some. */
  readonly sums: SumWriter | undefined;

  constructor(private readonly parts: Parts, private readonly coordinates: readonly string[], data: readonly Root[]) {
    const { nodes } = parts;
    this.sums = nodes && new SumWriter(nodes, coordinates, data, {
      meaning: (path) => nodes.meaningNamed(path)?.meaning,
      body: (path) => this.inside(nodes, path),
    });
  }

  ofNode(node: () => Node): Printable {
    return this.printable(() => this.inCode(node()), () => this.presented(node(), "paper"), () => this.presented(node(), "plain"));
  }

  /** With its sums, elements and lengths in it, for which names stood so far. */
  printable(written: () => Written, typeset: () => Written = written, plain: () => Written = written): Printable {
    const { sums } = this;
    return sums ? printable(() => sums.finish(written(), false), () => sums.finish(typeset(), true), () => sums.finish(plain(), false)) : printable(written, typeset, plain);
  }

  /** A sum by the name it was given: that of the user's own, or that of one among the nodes. */
  private inside(nodes: SumNodes, path: string): ReturnType<Inside["body"]> {
    const own = nodes.sums.of(read({ kind: "local", name: path, type: "f64" }));
    if (own) return { sum: own, written: this.own(own.body) };
    const meaning = nodes.meaningNamed(path)?.meaning;
    return meaning?.kind === "sum" ? { sum: meaning, written: this.inCode(meaning.body) } : undefined;
  }

  inCode(node: Node): Written {
    return this.presented(node, "code");
  }

  presented(node: Node, style: Style): Written {
    const { freshSums } = this.parts.tidy;
    // What has been written holds until another sum turns out to have no order of the user's to keep.
    if (this.known.freshSums !== freshSums) this.known = { freshSums, ...nothingWritten() };
    return present(node, { ...this.tidied, style, known: this.known[style] });
  }

  private get tidied(): Omit<Presentation, "style"> {
    const { algebra, letterPlaces, quotients, tidy } = this.parts;
    const asSpelt = (part: Node): Written | undefined => {
      const own = quotients.get(part) ?? quotients.get(algebra.negate(part));
      const written = own && this.own(own);
      return written && !quotients.has(part) ? negate(written) : written;
    };
    return { letterPlaces, isOwn: (part) => tidy.isOwn(part), isFresh: (part) => tidy.isFresh(part), ...(quotients.size > 0 ? { asSpelt } : {}) };
  }

  /** As the user wrote it. */
  own(expression: Expression): Written {
    return fromIr(expression, (part) => {
      if (part.kind === "read" && this.parts.nodes?.sums.of(part)) return part.local.name;
      const node = this.parts.canonical.of(part);
      return node.kind === "symbol" ? node.name : "?";
    }, this.writtenParts);
  }

  /** Is it the name of an unknown? */
  isTaken(letter: string): boolean {
    return this.coordinates.some((path) => path === letter || path.startsWith(`${letter}[`) || path.startsWith(`${letter}.`));
  }
}

const nothingWritten = (): Record<Style, Map<Node, Written>> => ({ code: new Map(), paper: new Map(), plain: new Map() });
