import type { Objective } from "../objective";
import { euclideanNorm } from "./norms";

/**
 * The largest curvature in size, |λ|max of the Hessian at `x`, by power iteration on Hessian-vector products (LeCun,
 * Simard, Pearlmutter 1993): twenty products are within a few per cent, for a learning rate that is plenty. The first
 * direction is fixed, so the answer is always the same; it favours no coordinate and is orthogonal to no likely one.
 */
export function largestCurvature(objective: Objective, x: Float64Array, products = 20): number {
  const { dimension } = objective;
  const direction = Float64Array.from({ length: dimension }, (_, i) => 1 + 0.5 * Math.sin(1.7 * i + 0.3));
  const product = new Float64Array(dimension);
  let size = euclideanNorm(direction);
  let curvature = 0;
  for (let k = 0; k < products; k++) {
    for (let i = 0; i < dimension; i++) direction[i] = (direction[i] ?? 0) / size;
    objective.hessianVector(x, direction, product);
    size = euclideanNorm(product);
    if (size === 0 || !Number.isFinite(size)) return curvature;
    const before = curvature;
    curvature = size;
    if (Math.abs(curvature - before) <= 1e-4 * curvature) break;
    direction.set(product);
  }
  return curvature;
}
