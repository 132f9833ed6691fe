/** A point and what is known there, of what is being made small: when ascending, of −f. */
export interface Sample {
  readonly x: Float64Array;
  readonly gradient: Float64Array;
  value: number;
}

export function emptySample(dimension: number): Sample {
  return { x: new Float64Array(dimension), gradient: new Float64Array(dimension), value: NaN };
}

export function copySample(from: Sample, to: Sample): void {
  to.x.set(from.x);
  to.gradient.set(from.gradient);
  to.value = from.value;
}

/** Whether it can be gone on from. */
export function isFinite({ value, gradient }: Sample): boolean {
  if (!Number.isFinite(value)) return false;
  for (let i = 0; i < gradient.length; i++) if (!Number.isFinite(gradient[i])) return false;
  return true;
}
