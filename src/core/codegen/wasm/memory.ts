import type { ArrayVariable, Numbers } from "../../ir/types";

const PAGE = 65536;
/** Wide enough for a vector, and for what a processor fetches at once. */
const ALIGNMENT = 64;

/**
 * The linear memory that the kernels of one objective share, laid out from one end: places once given stay. Data are in it once,
 * however many kernels read them. Memory that nobody has written costs nothing.
 */
export class KernelMemory {
  /** Without a byte to begin with: it grows with what is placed in it. */
  readonly memory = new WebAssembly.Memory({ initial: 0 });
  /** No array stands at address 0: that of none may be taken for nothing. */
  private used = ALIGNMENT;
  private readonly data = new Map<Numbers, number>();

  /** The address of so many bytes, all zero. Throws a RangeError where the platform has no more. */
  reserve(bytes: number): number {
    const address = this.used;
    const end = address + bytes;
    const missing = Math.ceil((end - this.memory.buffer.byteLength) / PAGE);
    if (missing > 0) this.memory.grow(missing);
    this.used = Math.ceil(end / ALIGNMENT) * ALIGNMENT;
    return address;
  }

  /** The address of a copy of these numbers. */
  place(values: Numbers): number {
    const known = this.data.get(values);
    if (known !== undefined) return known;
    const address = this.reserve(values.length * (values instanceof Int32Array ? 4 : 8));
    viewOf(this.memory, values, address).set(values);
    this.data.set(values, address);
    return address;
  }

  /** So many numbers as they stand there now. What grows the memory leaves the view empty. */
  floats(address: number, count: number): Float64Array {
    return new Float64Array(this.memory.buffer, address, count);
  }

  /** The same of whole numbers. */
  wholes(address: number, count: number): Int32Array {
    return new Int32Array(this.memory.buffer, address, count);
  }

  /** Its numbers once more: they have changed. */
  refresh(values: Numbers): void {
    const address = this.data.get(values);
    if (address !== undefined) viewOf(this.memory, values, address).set(values);
  }
}

/** Bytes become doubles there. */
const viewOf = ({ buffer }: WebAssembly.Memory, values: Numbers, address: number): Float64Array | Int32Array =>
  (values instanceof Int32Array ? new Int32Array(buffer, address, values.length) : new Float64Array(buffer, address, values.length));

export const bytesOfElement = ({ element }: Pick<ArrayVariable, "element">): number => (element === "f64" ? 8 : 4);
