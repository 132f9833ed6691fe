/** A growing sequence of bytes, with the numbers of the WebAssembly binary format. */
export class ByteWriter {
  private bytes = new Uint8Array(64);
  private used = 0;

  get length(): number {
    return this.used;
  }

  byte(value: number): this {
    this.reserve(1);
    this.bytes[this.used++] = value;
    return this;
  }

  append(values: ArrayLike<number>): this {
    this.reserve(values.length);
    this.bytes.set(values, this.used);
    this.used += values.length;
    return this;
  }

  /** LEB128: seven bits a byte, lowest first; the eighth says that more follow. */
  unsigned(value: number): this {
    let rest = value >>> 0;
    while (rest >= 0x80) {
      this.byte((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    return this.byte(rest);
  }

  /** LEB128 of a signed integer; the last byte's seventh bit is the sign. */
  signed(value: bigint): this {
    let rest = value;
    for (;;) {
      const seven = Number(rest & 0x7fn);
      rest >>= 7n;
      const isLast = rest === ((seven & 0x40) !== 0 ? -1n : 0n);
      this.byte(isLast ? seven : seven | 0x80);
      if (isLast) return this;
    }
  }

  /** Eight bytes, little-endian; NaN is always the same one. */
  float(value: number): this {
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setFloat64(0, value, true);
    return this.append(bytes);
  }

  /** What comes with its length before it: names, sections, bodies. */
  sized(content: ArrayLike<number>): this {
    return this.unsigned(content.length).append(content);
  }

  /** ASCII only; names are of our own making. */
  name(text: string): this {
    return this.sized(Array.from(text, (letter) => letter.charCodeAt(0)));
  }

  toBytes(): Uint8Array<ArrayBuffer> {
    return this.bytes.slice(0, this.used);
  }

  private reserve(count: number): void {
    if (this.used + count <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(2 * this.bytes.length, this.used + count));
    larger.set(this.bytes);
    this.bytes = larger;
  }
}
