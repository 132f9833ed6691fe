/** The band of what is not a number. Levels are at most 254, so that every band fits a byte. */
export const noBand = 255;

/**
 * The band each value falls in: how many of the (ascending) levels are at or below it. Infinities belong to the
 * outermost bands.
 */
export function quantise(values: Float64Array, levels: Float64Array, out = new Uint8Array(values.length)): Uint8Array {
  const count = levels.length;
  if (count >= noBand) throw new RangeError(`There are ${count} levels, but at most ${noBand - 1} can be drawn.`);
  let band = 0;
  let floor = -Infinity; // the band's own bounds: within them nothing is to do
  let ceiling = levels[0] ?? Infinity;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? NaN;
    if (value >= floor && value < ceiling) {
      out[i] = band;
      continue;
    }
    if (Number.isNaN(value)) {
      out[i] = noBand;
      continue;
    }
    // Neighbours are alike: from the last band it is nearly always one step.
    while (band < count && value >= (levels[band] ?? Infinity)) band++;
    while (band > 0 && value < (levels[band - 1] ?? -Infinity)) band--;
    floor = levels[band - 1] ?? -Infinity;
    ceiling = levels[band] ?? Infinity;
    out[i] = band;
  }
  return out;
}

/**
 * Colours for bands. `palette` has red, green, blue, alpha for each band; what has no band, or no colour, is left
 * transparent. `out` is four bytes a band index, as in an ImageData.
 */
export function paint(bands: Uint8Array, palette: Uint8ClampedArray, out: Uint8ClampedArray): void {
  if (out.length !== 4 * bands.length) {
    throw new RangeError(`${bands.length} pixels take ${4 * bands.length} bytes, but there are ${out.length}.`);
  }
  const bytes = new Uint8ClampedArray(4 * (noBand + 1));
  bytes.set(palette.subarray(0, 4 * noBand));
  // A pixel at a time rather than a byte; byte order does not matter, as words are only copied.
  const colours = new Uint32Array(bytes.buffer);
  const pixels = out.byteOffset % 4 === 0 ? new Uint32Array(out.buffer, out.byteOffset, bands.length) : undefined;
  if (!pixels) throw new RangeError("The pixels must begin at a multiple of four bytes.");
  for (let i = 0; i < bands.length; i++) pixels[i] = colours[bands[i] ?? noBand] ?? 0;
}
