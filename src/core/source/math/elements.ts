import type { Span } from "../positions";
import { constantNamed } from "./functions";
import { binderOf } from "./binder";
import { refuse } from "./refuse";
import { dataLength } from "./sums";
import { mapTree, partsOf, type MathTree } from "./tree";

/** What is known of names where a tree stands. */
export interface Surroundings {
  /** The value of a name that the text gives as a vector, or as a number. */
  valueOf(name: string): MathTree | undefined;
  isDefined(name: string): boolean;
  note(code: string, span: Span, message: string, hint: string): void;
}

/** The elements x_low … x_high of an unknown vector. */
export interface Family {
  low: number;
  high: number;
}

interface Settled {
  tree: MathTree;
  /** Vectors of unknowns by name, with the elements that are used. */
  families: ReadonlyMap<string, Family>;
}

type Interval = readonly [number, number];
type Element = Extract<MathTree, { kind: "element" }>;

const mostUnknowns = 1000;

/** Says which elements x[i] speaks of: where n is the length of the data, where counting begins at 0, and what is unknown. */
export function settleElements(tree: MathTree, around: Surroundings): Settled {
  const lengths = impliedLengths(tree, around);
  const known = lengths.size === 0 ? tree : mapTree(tree, (part) => {
    const length = part.kind === "name" ? lengths.get(part.name) : undefined;
    return length === undefined ? part : { kind: "number", value: length, text: String(length), span: part.span };
  });
  const families = new Map<string, Family>();
  let fromZero = false;
  eachElement(known, around, new Map(), (element, intervals) => {
    const [only] = intervals;
    const { of } = element;
    if (of.kind !== "name") return;
    const value = around.valueOf(of.name);
    if (value && value.kind !== "number") {
      if (intervals.some((interval) => interval?.[0] === 0)) fromZero = true;
      return;
    }
    if (value) refuse("E105", of.span, `${of.name} is a number, and has no elements.`, `Give it as a vector: ${of.name} = [1, 2, 3].`);
    if (intervals.length !== 1) refuse("E102", of.span, `The matrix ${of.name} has no value here.`, `Give it one on a line of its own: ${of.name} = [[1, 2], [3, 4]].`);
    if (!only) return refuse("E108", element.span, `Which element of ${of.name} this is cannot be told here.`, `Give ${of.name} as a vector, or the bounds of the sum as numbers.`);
    const before = families.get(of.name) ?? { low: only[0], high: only[1] };
    const family = { low: Math.min(before.low, only[0]), high: Math.max(before.high, only[1]) };
    if (family.high - family.low >= mostUnknowns || family.low < 0) {
      refuse("E108", element.span, `This speaks of the elements ${family.low} to ${family.high} of ${of.name}; the most that can be unknown is ${mostUnknowns}, from 0 on.`, "Sum over fewer.");
    }
    families.set(of.name, family);
  });
  eachProduct(known, (left, right) => {
    if (right.kind !== "name" || around.valueOf(right.name) || constantNamed(right.name) || families.has(right.name)) return;
    const length = columnsOf(left, around);
    if (length === undefined || length > mostUnknowns) return;
    families.set(right.name, { low: 1, high: length });
    around.note("I302", right.span, `${right.name} is read as a vector of ${length} unknowns.`, `Give it a value to say otherwise: ${right.name} = 1.`);
  });
  if (fromZero) {
    return { families, tree: mapTree(known, (part) => (part.kind === "element" ? { ...part, fromZero: true } : part)) };
  }
  return { tree: known, families };
}

function eachProduct(tree: MathTree, found: (left: MathTree, right: MathTree) => void): void {
  if (tree.kind === "binary" && tree.operator === "*") found(tree.left, tree.right);
  if (tree.kind === "call" && tree.name === "dot" && tree.args[0] && tree.args[1]) found({ kind: "unary", operator: "'", operand: tree.args[0], span: tree.span }, tree.args[1]);
  for (const part of partsOf(tree)) eachProduct(part, found);
}

/** How many elements a vector has to have that stands after this in a product: X w, aᵀ w. */
function columnsOf(tree: MathTree, around: Surroundings): number | undefined {
  const list = (part: MathTree): MathTree | undefined => (part.kind === "name" ? around.valueOf(part.name) : part);
  if (tree.kind === "binary" && tree.operator === "*") return columnsOf(tree.right, around);
  if (tree.kind === "unary" && tree.operator === "'") {
    const of = list(tree.operand);
    return of?.kind === "list" ? of.items.length : undefined;
  }
  const matrix = list(tree);
  const [row] = matrix?.kind === "list" ? matrix.items : [];
  return row?.kind === "list" ? row.items.length : undefined;
}

/** n in Σ_{i=1}^{n}, and the end of Σ_i, where a vector of the text is counted through. */
function impliedLengths(tree: MathTree, around: Surroundings): Map<string, number> {
  const lengths = new Map<string, number>();
  const imply = (name: MathTree, length: number | undefined): void => {
    if (name.kind !== "name" || length === undefined || lengths.has(name.name) || around.isDefined(name.name) || constantNamed(name.name)) return;
    lengths.set(name.name, length);
    if (name.name !== dataLength) around.note("I303", name.span, `${name.name} is ${length}, the length of the data.`, `Give it a value to say otherwise: ${name.name} = ${length}.`);
  };
  const visit = (part: MathTree): void => {
    const binder = part.kind === "call" ? binderOf(part) : undefined;
    if (binder) {
      const counted = lengthOver(binder.body, binder.index, around);
      const from = binder.from.kind === "number" ? binder.from.value : undefined;
      const { to } = binder;
      if (from === 1) imply(to, counted);
      if (from === 0 && to.kind === "binary" && to.operator === "-" && to.right.kind === "number" && to.right.value === 1) imply(to.left, counted);
      if (to.kind === "name" && to.name === dataLength && !lengths.has(dataLength)) {
        refuse("E108", to.span, "This sum does not say how far it goes.", "Write Σ_{i=1}^{4}, or give the vector it runs over.");
      }
    }
    partsOf(part).forEach(visit);
  };
  visit(tree);
  const data = lengths.get(dataLength);
  // 1/n Σ_i …: n is how many there are.
  if (data !== undefined) for (const name of ["n", "N", "m"]) if (mentions(tree, name)) imply({ kind: "name", name, span: tree.span }, data);
  return lengths;
}

const mentions = (tree: MathTree, name: string): boolean => (tree.kind === "name" && tree.name === name) || partsOf(tree).some((part) => mentions(part, name));

function lengthOver(body: MathTree, index: string, around: Surroundings): number | undefined {
  if (body.kind === "element" && body.of.kind === "name") {
    const at = body.indices.findIndex((part) => part.kind === "name" && part.name === index);
    let value = around.valueOf(body.of.name);
    for (let k = 0; k < at; k++) value = value?.kind === "list" ? value.items[0] : undefined;
    if (at >= 0 && value?.kind === "list") return value.items.length;
  }
  for (const part of partsOf(body)) {
    const found = lengthOver(part, index, around);
    if (found !== undefined) return found;
  }
  return undefined;
}

function eachElement(tree: MathTree, around: Surroundings, indices: ReadonlyMap<string, Interval | undefined>, found: (element: Element, intervals: readonly (Interval | undefined)[]) => void): void {
  const binder = tree.kind === "call" ? binderOf(tree) : undefined;
  if (binder) {
    const [from, to] = [intervalOf(binder.from, around, indices), intervalOf(binder.to, around, indices)];
    const interval = from && to ? ([from[0], Math.max(from[0], to[1])] as const) : undefined;
    eachElement(binder.body, around, new Map(indices).set(binder.index, interval), found);
    return;
  }
  if (tree.kind === "element") {
    const flat = flattened(tree);
    found(flat, flat.indices.map((index) => intervalOf(index, around, indices)));
    for (const index of flat.indices) eachElement(index, around, indices, found);
    if (flat.of.kind !== "name") eachElement(flat.of, around, indices, found);
    return;
  }
  for (const part of partsOf(tree)) eachElement(part, around, indices, found);
}

/** a[i][j] is a[i, j]. */
function flattened(element: Element): Element {
  if (element.of.kind !== "element") return element;
  const inner = flattened(element.of);
  return { ...element, of: inner.of, indices: [...inner.indices, ...element.indices] };
}

/** Between which whole numbers an index lies. */
function intervalOf(tree: MathTree, around: Surroundings, indices: ReadonlyMap<string, Interval | undefined>): Interval | undefined {
  const of = (part: MathTree): Interval | undefined => intervalOf(part, around, indices);
  switch (tree.kind) {
    case "number": return Number.isInteger(tree.value) ? [tree.value, tree.value] : undefined;
    case "name": {
      if (indices.has(tree.name)) return indices.get(tree.name);
      const value = around.valueOf(tree.name);
      return value?.kind === "number" ? of(value) : undefined;
    }
    case "unary": {
      const inner = tree.operator === "-" ? of(tree.operand) : undefined;
      return inner && [-inner[1], -inner[0]];
    }
    case "binary": {
      const [a, b] = [of(tree.left), of(tree.right)];
      if (!a || !b) return undefined;
      if (tree.operator === "+") return [a[0] + b[0], a[1] + b[1]];
      if (tree.operator === "-") return [a[0] - b[1], a[1] - b[0]];
      if (tree.operator !== "*") return undefined;
      const corners = [a[0] * b[0], a[0] * b[1], a[1] * b[0], a[1] * b[1]];
      return [Math.min(...corners), Math.max(...corners)];
    }
    default: return undefined;
  }
}

/** The names of a family's members. */
export const membersOf = (name: string, { low, high }: Family): string[] => Array.from({ length: high - low + 1 }, (_, k) => `${name}_${low + k}`);
