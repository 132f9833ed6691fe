/**
 * Running code made from one IR function, whatever the backend. Kernels speak only flat Float64Arrays and numbers, so
 * that a backend with one linear memory (WebAssembly) fits behind the same face. They do not allocate when called.
 */
export interface Kernel {
  /** f(x). */
  value(x: Float64Array): number;
}

export interface GradientKernel {
  /** f(x); writes ∇f(x) into `gradient`, overwriting it. */
  valueAndGradient(x: Float64Array, gradient: Float64Array): number;
}

export interface HessianVectorKernel {
  /** Writes ∇²f(x)·v into `product`, overwriting it. */
  hessianVector(x: Float64Array, v: Float64Array, product: Float64Array): void;
}
