export interface Resolution {
  readonly columns: number;
  readonly rows: number;
}

/** While something moves every frame counts; at rest a sample for every third pixel is all that can be seen. */
const whileMoving = 96;
const finest = 224;
const coarsest = 64;
const pixelsPerSample = 3;

export function resolutionFor(width: number, height: number, resting: boolean): Resolution {
  const limit = resting ? finest : whileMoving;
  const samples = (pixels: number): number => Math.min(limit, Math.max(coarsest, Math.ceil(pixels / pixelsPerSample)));
  return { columns: samples(width), rows: samples(height) };
}
