import type { Position, Range } from "./diagnostic";

/** UTF-16 offsets into one text, end exclusive: what the IR carries. `Range` is what people and editors see. */
export interface Span {
  start: number;
  end: number;
  /** The call by which the place was reached: a helper is read anew each time it is called. */
  via?: Span;
}

/** Turns offsets into line/character pairs. Lines end at \n, \r\n or \r, as in VS Code. */
export class LineIndex {
  private readonly starts: number[] = [0];

  constructor(private readonly text: string) {
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code === 10 || (code === 13 && text.charCodeAt(i + 1) !== 10)) this.starts.push(i + 1);
    }
  }

  position(offset: number): Position {
    const clamped = Math.max(0, Math.min(offset, this.text.length));
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] ?? 0) <= clamped) low = middle;
      else high = middle - 1;
    }
    return { line: low, character: clamped - (this.starts[low] ?? 0) };
  }

  range(span: Span): Range {
    return { start: this.position(span.start), end: this.position(span.end) };
  }
}
