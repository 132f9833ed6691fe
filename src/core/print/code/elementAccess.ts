import { plainList } from "./plainList";
import type { Step } from "./tree";

/** One step of the way to an element: along a dimension of the array (of fields, where objects are its rows), or one that is always the same. */
export type AccessStep = { readonly dimension: number; readonly fields?: readonly string[] } | { readonly step: Step };

/** The way to each element of an array from a name: `training[i].features[j]` for a table of theirs. */
export interface Access {
  readonly root: string;
  readonly steps: readonly AccessStep[];
}

/** Something with a name that numbers may be found in. */
export interface Root {
  readonly name: string;
  readonly value: unknown;
  /** It is no parameter: the code can read it only beside the user's own. */
  readonly isOutside?: true;
}

const mostCandidates = 2000;
const deepest = 8;
/** Fixed elements further on than this are not looked for. */
const mostFixed = 16;

/**
 * How the elements of an array of this shape are reached from one of the roots; undefined where they are not all there.
 * `isChosen` says of a dimension that its index is known only at run time: no index chooses among fields.
 */
export function findAccess(values: ArrayLike<number>, shape: readonly number[], roots: readonly Root[], isChosen: (dimension: number) => boolean = () => false): Access | undefined {
  let best: Access | undefined;
  for (const root of roots) {
    for (const steps of candidates(root.value, shape)) {
      if (best && steps.length >= best.steps.length) continue;
      if (steps.some((step) => "dimension" in step && step.fields && isChosen(step.dimension))) continue;
      if (agrees(values, shape, root.value, steps)) best = { root: root.name, steps };
    }
  }
  return best;
}

function candidates(value: unknown, shape: readonly number[]): AccessStep[][] {
  const found: AccessStep[][] = [];
  const search = (part: unknown, dimension: number, steps: AccessStep[]): void => {
    if (found.length >= mostCandidates || steps.length > deepest) return;
    if (typeof part === "number") {
      if (dimension === shape.length) found.push(steps);
      return;
    }
    const list = plainList(part);
    if (list) {
      if (list.length === shape[dimension]) search(list[0], dimension + 1, [...steps, { dimension }]);
      if (!isUneven(list)) for (const [i, item] of list.slice(0, mostFixed).entries()) search(item, dimension, [...steps, { step: i }]);
      return;
    }
    if (typeof part !== "object" || part === null) return;
    const fields = Object.entries(part).map(([name, field]: [string, unknown]) => [name, field] as const);
    for (const [name, field] of fields) search(field, dimension, [...steps, { step: name }]);
    if (fields.length === shape[dimension]) search(fields[0]?.[1], dimension + 1, [...steps, { dimension, fields: fields.map(([name]) => name) }]);
  };
  search(value, 0, []);
  return found;
}

/** Objects that differ in their fields: to take one from a fixed place, and a field of it, does not pass where types are strict. */
function isUneven(list: readonly unknown[]): boolean {
  const kinds = new Set(list.map((item) => (typeof item === "object" && item !== null && !plainList(item) ? Object.keys(item).sort().join() : "")));
  return kinds.size > 1;
}

function agrees(values: ArrayLike<number>, shape: readonly number[], root: unknown, steps: readonly AccessStep[]): boolean {
  const indices = shape.map(() => 0);
  for (let flat = 0; flat < values.length; flat++) {
    let part = root;
    for (const step of steps) part = partOf(part, "step" in step ? step.step : fieldOr(step, indices[step.dimension] ?? 0));
    if (!Object.is(part, values[flat])) return false;
    for (let dimension = shape.length - 1; dimension >= 0; dimension--) {
      const next = (indices[dimension] ?? 0) + 1;
      indices[dimension] = next < (shape[dimension] ?? 0) ? next : 0;
      if (next < (shape[dimension] ?? 0)) break;
    }
  }
  return values.length > 0;
}

const fieldOr = ({ fields }: { readonly fields?: readonly string[] }, index: number): Step => fields?.[index] ?? index;

function partOf(value: unknown, step: Step): unknown {
  return typeof value === "object" && value !== null ? Object.getOwnPropertyDescriptor(value, step)?.value : undefined;
}

/** The access written out; `index` writes a dimension's index. Undefined where a field would have to be chosen at run time. */
export function accessText(access: Access, dialect: "typescript" | "python", index: (dimension: number) => { text: string; constant?: number }): string | undefined {
  let text = access.root;
  for (const step of access.steps) {
    if ("step" in step) {
      text += stepText(step.step, dialect);
      continue;
    }
    const { text: at, constant } = index(step.dimension);
    if (!step.fields) text += `[${at}]`;
    else {
      const field = constant === undefined ? undefined : step.fields[constant];
      if (field === undefined) return undefined;
      text += stepText(field, dialect);
    }
  }
  return text;
}

export function stepText(step: Step, dialect: "typescript" | "python"): string {
  if (typeof step === "number") return `[${step}]`;
  return dialect === "typescript" && /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
}
