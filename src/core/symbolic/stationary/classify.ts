import type { StationaryPoint } from "../formula";
import { eigenOf } from "./eigen";
import { along, type UnitField } from "./field";

/** An eigenvalue this small against the other, or against the slopes around, decides nothing. */
const vanishes = { besideOther: 1e-8, besideSlopes: 1e-9 };

/** By the eigenvalues of the Hessian, on the unit square, where both axes are alike. */
export function kindOf(field: UnitField, u: readonly number[], scale: number): StationaryPoint["kind"] {
  const values = eigenOf(field.hessian(u), u.length).map(({ value }) => value);
  const least = Math.max(vanishes.besideOther * Math.max(...values.map(Math.abs)), vanishes.besideSlopes * scale);
  if (values.some((value) => value > least) && values.some((value) => value < -least)) return "saddle";
  if (values.every((value) => value > least)) return "minimum";
  if (values.every((value) => value < -least)) return "maximum";
  return "undecided";
}

const radii = [0.04, 0.02, 0.01];
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
