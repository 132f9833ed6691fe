const numberArrays = [Float64Array, Float32Array, Int32Array, Uint32Array, Int16Array, Uint16Array, Int8Array, Uint8Array, Uint8ClampedArray] as const;

/** The elements of an array or a typed array; undefined for anything else. */
export function plainList(value: unknown): readonly unknown[] | undefined {
  if (isList(value)) return value;
  for (const kind of numberArrays) if (value instanceof kind) return Array.from(value);
  return undefined;
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);
