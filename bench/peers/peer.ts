/** A program of bench/programs with its numbers, for others to compute. */
export interface Question {
  readonly program: string;
  /** Doubles: the unknowns, then data. */
  readonly file: string;
  readonly unknowns: number;
  /** How many numbers come out. */
  readonly results: number;
  readonly dimensions: readonly number[];
}

export interface Answer {
  /** Nanoseconds a call. */
  readonly time: number;
  readonly value: number;
  /** Of the gradient's elements, each times its place modulo 7 plus 1. */
  readonly checksum: number;
}

/** Somebody else who computes values and gradients on this machine, each in a process of its own. */
export interface Peer {
  readonly label: string;
  /** Versions and settings. */
  readonly what: string;
  /** How far its checksum may be off, relative to ours: what its numbers can hold. */
  readonly precision: number;
  /** Undefined: it has no such program. */
  ask(question: Question): Promise<Answer | undefined>;
  end(): void;
}

/** What is said where one is missing. */
export interface Absent {
  readonly label: string;
  readonly why: string;
}

/** Milliseconds that one measurement takes. */
export const measuring = 200;

export const isAnswer = (found: unknown): found is Answer =>
  typeof found === "object" && found !== null && ["time", "value", "checksum"].every((key) => typeof Object.entries(found).find(([name]) => name === key)?.[1] === "number");

/** What a peer printed. */
export function answerIn(text: string): Answer {
  const found: unknown = JSON.parse(text);
  if (!isAnswer(found)) throw new Error(`That is no answer: ${text}`);
  return found;
}

export const checksumOf = (gradient: Float64Array): number => gradient.reduce((sum, each, k) => sum + each * ((k % 7) + 1), 0);
