import { call, read, select } from "../ir/build";
import type { Expression, Local } from "../ir/types";
import { operands } from "../ir/visit";
import { lastName } from "../print/code/nameVariables";
import { name, type Written } from "../print/written";
import type { Definition, Printable } from "./formula";
import type { Node } from "./node";
import { affineIndex } from "./affine";
import type { SumNodes } from "./sumNodes";
import type { Labels, Sums } from "./sums";

/** An intermediate result that the user gave a name. */
export interface OwnName {
  readonly label: string;
  readonly expression: Expression;
  readonly node: Node;
  /** Indices of sums it depends on, the outermost first. */
  readonly indices: readonly Local[];
}

/** Set out with names, a formula has to be this much shorter than without. */
const worthNaming = 0.8;
/** Partial derivatives that are looked at for that. */
const mostLooked = 12;
/** Names that are tried; more would be no help to a reader. */
const mostNames = 12;

/** What the user named on the way to the result, in the order of computing; names that mean several things, or another, are left out. */
export function ownNames(result: Expression, labels: Labels, nodeOf: (expression: Expression) => Node, { sums, nodes }: { sums?: Sums | undefined; nodes?: SumNodes | undefined }, taken: readonly string[]): OwnName[] {
  const stems = new Set(taken.flatMap((path) => [path.split(/[.[]/)[0] ?? path, lastName(path.replace(/\[[^\]]*\]/g, ""))]).flatMap((stem) => [stem, /^.s$/.test(stem) ? stem.charAt(0) : stem]));
  const found = new Map<string, OwnName[]>();
  const several = new Set<string>();
  // The same under another index, pᵢ and pⱼ, has one name.
  const alike = (a: OwnName, b: OwnName): boolean => a.node === b.node || (nodes !== undefined && a.indices.length > 0 && a.indices.length === b.indices.length
    && nodes.substitute(a.node, new Map(a.indices.map((index, i) => [index.name, affineIndex(b.indices[i] ?? index)]))) === b.node);
  const seen = new Set<Expression>();
  const visit = (part: Expression): void => {
    if (seen.has(part)) return;
    seen.add(part);
    operands(part).forEach(visit);
    const body = sums?.of(part)?.body;
    if (body) visit(body);
    const label = labels.get(part);
    if (label === undefined || part === result) return;
    const short = lastName(label);
    const named: OwnName = { label: short, expression: part, node: nodeOf(part), indices: indicesIn(part, sums) };
    if (named.node.kind === "number" || (named.node.kind === "symbol" && !sums?.of(part))) return;
    const known = found.get(short) ?? [];
    if (known[0] && !alike(known[0], named)) several.add(short);
    else if (!known.some(({ node }) => node === named.node)) found.set(short, [...known, named]);
  };
  visit(result);
  return [...found].filter(([label]) => !stems.has(label) && !several.has(label)).slice(0, mostNames).flatMap(([, all]) => all);
}

function indicesIn(expression: Expression, sums: Sums | undefined): Local[] {
  const indices = [...(sums?.freeIn(expression) ?? [])].flatMap((free) => sums?.indexNamed(free) ?? []);
  return indices.sort((a, b) => (a.name < b.name ? 1 : -1));
}

const ownPrefix = "@";
export const isOwnName = (local: Local): boolean => local.name.startsWith(ownPrefix);
/** The user's name itself, or a name for it where indices belong to it. */
export const pathOf = (local: Local): string => local.label ?? local.name;

/** Names put into formulas in place of what they stand for. */
export class OwnNames {
  private readonly byNode: ReadonlyMap<Node, OwnName>;
  private readonly byExpression: ReadonlyMap<Expression, OwnName>;
  private readonly nodeOf: (expression: Expression) => Node;

  constructor(readonly all: readonly OwnName[], nodeOf: (expression: Expression) => Node, private readonly sums: Sums | undefined) {
    this.byNode = new Map(all.map((named) => [named.node, named]));
    this.byExpression = new Map(all.map((named) => [named.expression, named]));
    this.nodeOf = nodeOf;
  }

  /** One of each name. */
  get defined(): OwnName[] {
    return this.all.filter(({ label }, at) => this.all.findIndex((other) => other.label === label) === at);
  }

  of(node: Node): Written | undefined {
    const named = this.byNode.get(node);
    return named && this.written(named);
  }

  written(named: OwnName): Written {
    return name(pathOf(this.localOf(named)));
  }

  /** The name and the indices that a path of `written` means. */
  labelled(path: string): OwnName | undefined {
    return path.startsWith(ownPrefix) ? this.all[Number(path.slice(ownPrefix.length))] : undefined;
  }

  /** An expression with names in place of all that has one. */
  put(expression: Expression): Expression {
    return this.replaced(expression, undefined, new Map());
  }

  /** What a name stands for, by means of the others. */
  defining(named: OwnName): Expression {
    return this.replaced(named.expression, named, new Map());
  }

  /** What stands for the name in expressions. */
  localOf(named: OwnName): Local {
    const at = this.all.indexOf(named);
    return { kind: "local", name: `${ownPrefix}${at}`, type: "f64", ...(named.indices.length === 0 ? { label: named.label } : {}) };
  }

  private replaced(part: Expression, except: OwnName | undefined, done: Map<Expression, Expression>): Expression {
    const known = done.get(part);
    if (known) return known;
    const named = this.byExpression.get(part) ?? (part.kind === "call" || part.kind === "select" ? this.byNode.get(this.nodeOf(part)) : undefined);
    const result = named && named.label !== except?.label ? read(this.localOf(named)) : this.rebuilt(part, (inside) => this.replaced(inside, except, done));
    done.set(part, result);
    return result;
  }

  private rebuilt(part: Expression, of: (part: Expression) => Expression): Expression {
    const sum = this.sums?.of(part);
    if (sum) return this.sums?.closed({ ...sum, body: of(sum.body) }) ?? part;
    if (part.kind === "call") return call(part.primitive, part.args.map(of), part.span);
    if (part.kind === "select") return select(of(part.condition), of(part.whenTrue), of(part.whenFalse), part.span);
    return part;
  }
}

interface Shown {
  readonly value: Printable;
  readonly gradient: Printable[];
  readonly where: readonly Definition[];
  sizes(): readonly (readonly [string, number])[];
}

/**
 * The formula with those of the names that it and its gradient mention more than once, wherever that is no longer than
 * without them. Σ of what is written out is what textbooks have, so that there it must be clearly shorter.
 */
export function chooseNames(candidates: readonly OwnName[], nodeOf: (expression: Expression) => Node, sums: Sums | undefined, show: (names: OwnNames) => Shown): Shown {
  const without = show(new OwnNames([], nodeOf, sums));
  let names = candidates;
  while (names.length > 0) {
    const shown = show(new OwnNames(names, nodeOf, sums));
    const texts = textsOf(shown);
    const mentions = new Map(names.map((named) => [named, texts.reduce((count, text) => count + text.split(wordOf(named.label)).length - 1, 0)]));
    const often = (named: OwnName): number => mentions.get(named) ?? 0;
    const kept = names.filter((named) => often(named) > 1);
    if (kept.length < names.length) {
      names = kept;
      continue;
    }
    if (sums ? lengthOf(shown, names) <= worthNaming * lengthOf(without) : marksOf(shown) <= marksOf(without)) return shown;
    if (sums) return without;
    // What is mentioned least helps least.
    const least = Math.min(...names.map(often));
    const dropped = names.find((named) => often(named) === least);
    names = names.filter((named) => named !== dropped);
  }
  return without;
}

const textsOf = ({ value, gradient, where }: Shown): string[] => [value, ...gradient.slice(0, mostLooked), ...where.map((definition) => definition.value)].map((text) => text.math());

/** What the eye takes in one by one: names, numbers and signs, but for brackets; of a definition, the name too. */
const marksOf = (shown: Shown): number => textsOf(shown).reduce((sum, text) => sum + marksIn(text), shown.where.length);
export const marksIn = (text: string): number => text.match(/[\p{L}_$][\p{L}\p{N}_.$]*|\d+(?:\.\d+)?|[^\s()*^]/gu)?.length ?? 0;

const wordOf = (label: string): RegExp => new RegExp(`(?<![\\p{L}\\p{N}_])${label.replace(/[$]/g, "\\$&")}(?![\\p{L}\\p{N}])`, "gu");

/** A name is read as one mark or two, however many letters it has. */
function lengthOf({ value, gradient, where }: Shown, names: readonly OwnName[] = []): number {
  const texts = [value, ...gradient.slice(0, mostLooked), ...where.flatMap((definition) => [definition.name, definition.value])];
  return texts.reduce((sum, text) => sum + names.reduce((short, { label }) => short.replace(wordOf(label), "zz"), text.math()).length, 3 * where.length);
}
