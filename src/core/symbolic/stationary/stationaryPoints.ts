import { printable } from "../../print/printable";
import type { StationaryPoint } from "../formula";
import { kindOf, seemsToBe } from "./classify";
import { converge, isSmooth } from "./converge";
import { eigenOf } from "./eigen";
import { along, distance, type Field, isInside, normOf, UnitField, type Window } from "./field";
import { type Exact, exactNumber } from "./exactNumber";
import { sampleStarts } from "./starts";

/** What the search may cost, in evaluations of the function, its gradient or a column of its Hessian. */
const defaultEvaluations = 60_000;
/** More are no answer. */
const mostPoints = 600;
const same = 1e-5;
/** Neighbours on a line of stationary points; and how near to one no more are looked for. */
const linked = 0.12;
const covered = 0.04;
const probe = 0.02;

/**
 * The points of a window where the gradient vanishes, as far as a lattice of starts finds them, by rising value. Of a
 * line or region of such points one is told, marked as not isolated. Kinks, where there is no gradient, are none.
 */
export function stationaryPoints(field: Field, window: Window, evaluations = defaultEvaluations): StationaryPoint[] {
  const unit = new UnitField(field, window);
  const lattice = Math.max(9, Math.floor(evaluations / 6));
  const { starts, scale, flat } = sampleStarts(unit, field.dimension === 1 ? Math.min(lattice, 1025) : Math.min(Math.floor(Math.sqrt(lattice)), 81));
  const isolated: number[][] = [];
  const spread: number[][] = [...flat];
  for (const start of starts) {
    if (unit.evaluations > evaluations || isolated.length >= mostPoints || scale === 0) break;
    if (isKnown(spread, start, covered)) continue;
    const found = converge(unit, start, scale);
    if (!found || isKnown(isolated, found) || isKnown(spread, found) || !isSmooth(unit, found, scale) || !isWithinDomain(unit, found)) continue;
    (isIsolated(unit, found, scale) ? isolated : spread).push(found);
  }
  const told = [...isolated.map((u) => ({ u, isolated: true })), ...clusters(spread).map((others) => ({ u: middleOf(others), isolated: false, others }))];
  // What seemed to stand alone, and at its exact place lies on a line, is told with the line.
  return told.flatMap((point) => {
    const described = describe(field, unit, point, scale);
    return point.isolated && !described.isolated && isKnown(spread, unit.unit(described.at), linked) ? [] : [described];
  }).sort(byValue);
}

/** How near a border of the domain must be for a point to lie on it, in parts of the window. */
const border = 1e-9;

/** How far off a point may be found that lies in a hole of the domain. */
const hole = 1e-6;

/**
 * Has the function a value all around? At 0, x² ln x comes to its end, where its slope happens to vanish too, and sin x / x
 * has a hole, beside which a point was found.
 */
function isWithinDomain(field: UnitField, u: readonly number[]): boolean {
  const said = Array.from(field.place(u), (entry) => exactNumber(entry, hole)?.value ?? entry);
  if (Number.isNaN(field.value(field.unit(said)))) return false;
  return u.every((_, axis) => [border, -border].every((by) => {
    const next = along(u, u.map((__, i) => Number(i === axis)), by);
    return !isInside(next) || !Number.isNaN(field.value(next));
  }));
}

function isKnown(known: readonly (readonly number[])[], found: readonly number[], within = same): boolean {
  return known.some((other) => distance(other, found) < within);
}

/** Where the Hessian is singular, a step along what it does not see tells whether there are more such points beside it. */
function isIsolated(field: UnitField, u: readonly number[], scale: number): boolean {
  const eigen = eigenOf(field.hessian(u), u.length);
  return eigen.every(({ value, vector }) => {
    if (Math.abs(value) > 1e-4 * scale) return true;
    return [probe, -probe].every((by) => {
      const again = converge(field, along(u, vector, by), scale);
      // Back where it came from, or off to another place altogether.
      return !again || distance(again, u) < probe / 4 || distance(again, u) > 3 * probe;
    });
  });
}

/** Points that lie side by side: one line or region each. */
function clusters(points: readonly number[][]): number[][][] {
  const left = new Set(points);
  const found: number[][][] = [];
  for (const first of points) {
    if (!left.delete(first)) continue;
    const cluster = [first];
    for (const member of cluster) {
      for (const other of left) {
        if (distance(member, other) > linked) continue;
        left.delete(other);
        cluster.push(other);
      }
    }
    found.push(cluster);
  }
  return found;
}

/** The member nearest the middle. */
function middleOf(cluster: readonly number[][]): number[] {
  const [first = []] = cluster;
  const middle = first.map((_, i) => cluster.reduce((sum, member) => sum + (member[i] ?? 0), 0) / cluster.length);
  return cluster.reduce((best, member) => (distance(member, middle) < distance(best, middle) ? member : best), first);
}

interface Told {
  u: readonly number[];
  isolated: boolean;
  /** Of a line or region: all that were found. */
  others?: readonly (readonly number[])[];
}

function describe(field: Field, unit: UnitField, { u: found, isolated, others }: Told, scale: number): StationaryPoint {
  const kind = kindOf(unit, found, scale);
  // Where the Hessian is singular, Newton's method comes no closer than this.
  const tolerances = kind === "undecided" ? [1e-10, 1e-6, 1e-3] : [1e-10];
  const exact = isolated ? tolerances.map((tolerance) => exactPlace(unit, found, tolerance, scale)).find((place) => place !== undefined) : undefined;
  const at = exact ? Float64Array.from(exact, ({ value }) => value) : unit.place(found);
  const u = exact ? unit.unit(at) : found;
  const decided = exact ? kindOf(unit, u, scale) : kind;
  const seems = decided === "undecided" ? seemsAlike(unit, u, others ?? []) : undefined;
  const alone = isolated && (!exact || decided !== "undecided" || isIsolated(unit, u, scale));
  return {
    at, value: field.value(at), kind: decided, isolated: alone,
    eigenvalues: Float64Array.from(eigenOf(field.hessian(at), field.dimension), ({ value }) => value),
    ...(seems ? { seems } : {}),
    ...(exact ? { exact: exact.map(({ written }) => printable(() => written)) } : {}),
  };
}

/**
 * What the point seems to be, if the rest of its line seems so too: x² y has a valley for y > 0 and a ridge for y < 0. Of a
 * plain only the border tells whether it lies low or high.
 */
function seemsAlike(unit: UnitField, u: readonly number[], others: readonly (readonly number[])[]): StationaryPoint["seems"] {
  const some = unit.dimension === 1 ? others : others.filter((_, i) => i % Math.ceil(others.length / 8) === 0);
  const all = new Set([u, ...some].map((other) => seemsToBe(unit, other)));
  if (unit.dimension === 1 && all.size > 1) all.delete(undefined);
  const [seems] = all;
  return all.size === 1 ? seems : undefined;
}

/** The place in numbers a person would say, if the gradient there is as good as where it was found. */
function exactPlace(unit: UnitField, found: readonly number[], tolerance: number, scale: number): Exact[] | undefined {
  const exact = Array.from(unit.place(found), (entry) => exactNumber(entry, tolerance));
  const known = exact.flatMap((entry) => entry ?? []);
  if (known.length < found.length) return undefined;
  const [before, after] = [normOf(unit.gradient(found)), normOf(unit.gradient(unit.unit(known.map(({ value }) => value))))];
  return after <= Math.max(before, 1e-12 * scale) ? known : undefined;
}

/** Equal values, but for rounding, go by place. */
function byValue(a: StationaryPoint, b: StationaryPoint): number {
  const key = (point: StationaryPoint): number => Number(point.value.toPrecision(9));
  const difference = key(a) - key(b);
  if (difference !== 0 && Math.abs(a.value - b.value) > 1e-12) return difference;
  for (const [i, entry] of a.at.entries()) if (Math.abs(entry - (b.at[i] ?? 0)) > 1e-9) return entry - (b.at[i] ?? 0);
  return 0;
}
