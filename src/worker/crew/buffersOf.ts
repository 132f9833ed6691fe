/** The buffers of the arrays in plain data that have one to themselves: they can be handed over rather than copied. */
export function buffersOf(data: unknown, found = new Set<ArrayBuffer>()): Set<ArrayBuffer> {
  if (typeof data !== "object" || data === null) return found;
  if (ArrayBuffer.isView(data)) {
    if (data.buffer instanceof ArrayBuffer && data.byteLength === data.buffer.byteLength) found.add(data.buffer);
  } else {
    for (const part of Object.values(data) as unknown[]) buffersOf(part, found);
  }
  return found;
}
