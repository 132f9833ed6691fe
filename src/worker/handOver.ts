/** A large array goes over the wire without a copy. One that looks into a larger buffer is copied out of it first. */
export function handOver(array: Float64Array, transfer: ArrayBuffer[]): Float64Array {
  const own = array.byteLength === array.buffer.byteLength ? array : array.slice();
  if (own.buffer instanceof ArrayBuffer && !transfer.includes(own.buffer)) transfer.push(own.buffer);
  return own;
}
