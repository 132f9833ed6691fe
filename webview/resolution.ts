export interface Resolution {
  readonly columns: number;
  readonly rows: number;
}

/** While something moves every frame counts; at rest a sample for every third pixel is all that can be seen. */
const whileMoving = 96;
const finest = 224;
const coarsest = 64;
const pixelsPerSample = 3;

/** In the picture's own proportions: the window that is chosen for it takes its shape from them. */
export function resolutionFor(width: number, height: number, resting: boolean): Resolution {
  const limit = resting ? finest : whileMoving;
  const wanted = Math.max(1 / pixelsPerSample, coarsest / Math.min(width, height));
  const perPixel = Math.min(wanted, limit / Math.max(width, height));
  const samples = (pixels: number): number => Math.max(2, Math.round(pixels * perPixel));
  return { columns: samples(width), rows: samples(height) };
}
