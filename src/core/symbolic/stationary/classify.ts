import type { StationaryPoint } from "../formula";
import { type Eigen, eigenOf } from "./eigen";
import { along, type UnitField } from "./field";

/** An eigenvalue this small against the other, or against the slopes around, decides nothing. */
const vanishes = { besideOther: 1e-8, besideSlopes: 1e-9 };

/** By the eigenvalues of the Hessian, on the unit square, where both axes are alike. */
export function kindOf(field: UnitField, u: readonly number[], scale: number): StationaryPoint["kind"] {
  const eigen = eigenOf(field.hessian(u), u.length);
  const values = eigen.map(({ value }) => value);
  const least = Math.max(vanishes.besideOther * Math.max(...values.map(Math.abs)), vanishes.besideSlopes * scale);
  if (values.some((value) => Math.abs(value) <= least) && !(values.some((value) => value > least) && values.some((value) => value < -least))) return "undecided";
  if (!eigen.every((one) => isBorneOut(field, u, one, scale))) return "undecided";
  if (values.every((value) => value > 0)) return "minimum";
  return values.every((value) => value < 0) ? "maximum" : "saddle";
}

/** Beside a point, in parts of the window: further than it can be off, nearer than what else there is. */
const beside = 1e-5;

/**
 * Does the function bend on both sides as the eigenvalue says? At the inflection of x + sin x the point that was found lies
 * a little to one side, where the curvature has a sign; at the seam of two branches it belongs to one of them.
 */
function isBorneOut(field: UnitField, u: readonly number[], { value, vector }: Eigen, scale: number): boolean {
  const own = field.value(u);
  return [beside, -beside].every((by) => {
    const next = along(u, vector, by);
    const slope = field.gradient(next).reduce((sum, entry, i) => sum + entry * (vector[i] ?? 0), 0);
    const [turned, risen] = [slope * Math.sign(by * value), (field.value(next) - own) * Math.sign(value)];
    // Beside the domain there is nothing that could disagree.
    return !(turned < -1e-13 * scale) && !(risen < -1e-9 * scale - 1e-12 * Math.abs(own));
  });
}

/** The widest of them reaches from one told point of a plain past the next. */
const radii = [0.06, 0.04, 0.02, 0.01];
const directionsAround = 48;

/** What values on small circles suggest. */
export function seemsToBe(field: UnitField, u: readonly number[]): StationaryPoint["seems"] {
  const own = field.value(u);
  const noise = 1e-14 * Math.abs(own);
  const directions = u.length === 1 ? [[1], [-1]] : Array.from({ length: directionsAround }, (_, k) => {
    const angle = (2 * Math.PI * (k + 0.25)) / directionsAround;
    return [Math.cos(angle), Math.sin(angle)];
  });
  const differences = radii.flatMap((radius) => directions.map((direction) => field.value(along(u, direction, radius)) - own)).filter((value) => !Number.isNaN(value));
  const [rises, falls] = [differences.some((value) => value > noise), differences.some((value) => value < -noise)];
  if (rises && falls) return "saddle";
  return rises ? "minimum" : falls ? "maximum" : undefined;
}
