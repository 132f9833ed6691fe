/**
 * The few globals the engine may assume beside ECMAScript. They exist in every place it runs (Node, browsers, workers);
 * neither the DOM's nor Node's types are visible here, so nothing else of theirs compiles.
 */
interface AbortSignal {
  readonly aborted: boolean;
}

declare class TextDecoder {
  constructor(encoding?: string);
  decode(bytes: Uint8Array): string;
}

/** As much of it as runs what we assemble. */
declare namespace WebAssembly {
  type Module = object;
  const Module: new (bytes: Uint8Array<ArrayBuffer>) => Module;
  class Instance {
    constructor(module: Module, imports: Record<string, Record<string, unknown>>);
    readonly exports: Readonly<Record<string, unknown>>;
  }
  class Memory {
    constructor(size: { initial: number });
    readonly buffer: ArrayBuffer;
    /** By so many pages of 64 kB. Throws a RangeError where there are no more. */
    grow(pages: number): number;
  }
  function validate(bytes: Uint8Array<ArrayBuffer>): boolean;
}
