import type { ArrayVariable, Expression, Local } from "../ir/types";
import { operands } from "../ir/visit";
import { lastName } from "../print/code/nameVariables";
import { type Affine, affineIndex, affineKey, isNumber, looksUp } from "./affine";
import { contains } from "./contains";
import type { Labels } from "./labels";
import type { Node } from "./node";
import type { Sums } from "./sums";

/** What a name of the user's stands for, given for every value of its indices: pᵢ = 1/(1 + e^(−zᵢ)). */
export interface OwnName {
  readonly label: string;
  /** An array that nobody has: its elements, of which there is one where there is no index, stand for the name in expressions. */
  readonly array: ArrayVariable;
  readonly at: readonly Affine[];
  /** Those of `at` that are indices of sums, the outermost first. */
  readonly indices: readonly Local[];
  readonly expression: Expression;
}

/** Names that are tried; more would be no help to a reader. */
const mostNames = 12;

/** What must be known of expressions to tell whether two are one. */
export interface Comparing {
  readonly nodeOf: (expression: Expression) => Node;
  /** The node with whole numbers in place of indices; absent where there are no sums. */
  readonly substitute?: ((node: Node, values: ReadonlyMap<string, Affine>) => Node) | undefined;
  readonly sums?: Sums | undefined;
}

/** A name in one place. */
interface Mention {
  readonly expression: Expression;
  readonly at: readonly Affine[];
  readonly variable: string;
}

/**
 * What the user named on the way to the result, in the order of computing; names that mean several things, or another,
 * are left out. Elements of a list that the result makes no use of are among them, for the derivative may: softmax.
 */
export function ownNames(result: Expression, labels: Labels, comparing: Comparing, taken: readonly string[]): OwnName[] {
  const stems = new Set(taken.flatMap((path) => [path.split(/[.[]/)[0] ?? path, lastName(path.replace(/\[[^\]]*\]/g, ""))]).flatMap((stem) => [stem, /^.s$/.test(stem) ? stem.charAt(0) : stem]));
  const mentions = new Map<string, Mention[]>();
  const order: Expression[] = [];
  const seen = new Set<Expression>();
  const visit = (part: Expression): void => {
    if (seen.has(part)) return;
    seen.add(part);
    operands(part).forEach(visit);
    const body = comparing.sums?.of(part)?.body;
    if (body) visit(body);
    const label = labels.of(part);
    if (!label || (part === result && label.at.length === 0) || stems.has(label.name) || !tells(part, label.at, comparing)) return;
    const node = comparing.nodeOf(part);
    if (node.kind === "number" || (node.kind === "symbol" && !comparing.sums?.of(part))) return;
    mentions.set(label.name, [...(mentions.get(label.name) ?? []), { expression: part, at: label.at, variable: label.variable }]);
    order.push(part);
  };
  visit(result);
  for (const [expression, { name, at }] of labels.entries()) {
    const known = mentions.get(name);
    if (!known || !isOtherElement(known, at)) continue;
    if (operands(expression).every((part) => seen.has(part)) || (at.every(pureIndex) && known.some((mention) => mention.at.some(looksUp)))) visit(expression);
  }
  const found = [...mentions].slice(0, mostNames).flatMap(([label, all]) => defined(label, all, comparing));
  // Elements of one list one after the other, where none of them is made of others between.
  const place = ({ expression }: OwnName): number => order.indexOf(expression);
  return found.sort((a, b) => (a.label === b.label ? byPlace(a.at, b.at) : place(a) - place(b)));
}

const isOtherElement = (known: readonly Mention[], at: readonly Affine[]): boolean =>
  known.every((other) => other.at.length === at.length && other.at.some((index, d) => affineKey(index) !== affineKey(at[d] ?? index)));

/** Does the name, with its indices, say all that the expression depends on? */
function tells(expression: Expression, at: readonly Affine[], { sums }: Comparing): boolean {
  const told = new Set(at.flatMap((index) => [...index.terms.values()].flatMap(({ local, found }) => (found ? [] : [local.name]))));
  return at.every((index) => !looksUp(index) || index.terms.size === 1) && [...(sums?.freeIn(expression) ?? [])].every((free) => !free.startsWith("~") || sums?.isSize(free) || told.has(free) || at.some(looksUp));
}

/** The most general mention of each kind defines the name; none, where another mention is not what it defines. */
function defined(label: string, mentions: readonly Mention[], { nodeOf, substitute, sums }: Comparing): OwnName[] {
  const rank = mentions.reduce((most, { at }) => Math.max(most, at.length), 0);
  const array: ArrayVariable = { kind: "array", name: `@${label}`, label, element: "f64", shape: Array.from({ length: rank }, (_, d) => mentions.reduce((most, { at }) => Math.max(most, lastIn(at[d], sums) + 1), 1)), role: { kind: "scratch" } };
  const names: OwnName[] = [];
  if (rank === 0) {
    const last = mentions.reduce((after, mention) => (contains(mention.expression, after.expression, sums) ? mention : after));
    const isOne = mentions.every((mention) => mention === last || (mention.variable === last.variable && contains(last.expression, mention.expression, sums)) || nodeOf(mention.expression) === nodeOf(last.expression));
    return isOne ? [{ label, array, at: [], indices: [], expression: last.expression }] : [];
  }
  const generality = (at: readonly Affine[]): number => at.filter((index) => pureIndex(index) !== undefined).length;
  for (const { expression, at } of mentions.filter((mention) => mention.at.length === rank).sort((a, b) => generality(b.at) - generality(a.at))) {
    const meant = names.find((name) => boundTo(name, at) !== undefined);
    if (meant) {
      const node = nodeOf(meant.expression);
      if ((substitute?.(node, boundTo(meant, at) ?? new Map()) ?? node) !== nodeOf(expression)) return [];
      continue;
    }
    const indices = at.flatMap((index) => pureIndex(index) ?? []);
    // Of others than indices and numbers, nobody knows which elements they are.
    if (indices.length + at.filter(isNumber).length < at.length || new Set(indices.map(({ name }) => name)).size < indices.length) return [];
    names.push({ label, array, at, indices, expression });
  }
  return names;
}

/** The index that it is, and nothing else. */
export function pureIndex({ constant, terms }: Affine): Local | undefined {
  const [only, ...others] = [...terms.values()];
  return only && others.length === 0 && constant === 0 && only.times === 1 && !only.found ? only.local : undefined;
}

/** What the indices of the name must be for it to be the element at a place. */
export function boundTo(name: OwnName, at: readonly Affine[]): ReadonlyMap<string, Affine> | undefined {
  const values = new Map<string, Affine>();
  for (const [d, index] of name.at.entries()) {
    const wanted = at[d];
    const local = pureIndex(index);
    if (!wanted || (!local && affineKey(index) !== affineKey(wanted))) return undefined;
    if (local) values.set(local.name, wanted);
  }
  return values;
}

function byPlace(a: readonly Affine[], b: readonly Affine[]): number {
  const d = a.findIndex((index, k) => index.constant !== b[k]?.constant);
  return d < 0 ? 0 : (a[d]?.constant ?? 0) - (b[d]?.constant ?? 0);
}

const lastIn = (index: Affine | undefined, sums: Sums | undefined): number => (index ? (isNumber(index) ? index.constant : sums?.rangeOf(index)?.[1] ?? 0) : 0);
export const atIndices = (name: OwnName): ReadonlyMap<string, Affine> => new Map(name.indices.map((index) => [index.name, affineIndex(index)]));
