/** What both ends of a wire agree on, apart from what is said over it: the port, the frames, the errors. */
import { isWish } from "./steering";
import type { Wish } from "./steering";

export interface Disposable {
  dispose(): void;
}

/** The least that a MessagePort, a worker, a webview and its host have in common. */
export interface Port {
  post(message: unknown, transfer?: readonly ArrayBuffer[]): void;
  onMessage(listener: (message: unknown) => void): Disposable;
}

/** What the two halves of an end, asking and answering, need of the whole. */
export interface Line {
  /** Nothing is sent once the end is closed. */
  post(frame: Frame, transfer?: readonly ArrayBuffer[]): void;
  report(problem: string): void;
  /** A listener that throws is reported, and hurts nobody else. */
  guarded(what: string, listen: () => void): void;
}

/** Why a request has no answer. */
export type WireErrorCode =
  /** The handler threw. */
  | "failed"
  | "timeout"
  /** The caller's signal fired. */
  | "cancelled"
  /** A newer request of the kind took its place. */
  | "superseded"
  /** This end, or the thing behind the wire, is gone. */
  | "disposed"
  /** The other end has no handler of that name. */
  | "unknown"
  /** The other end found the request malformed. */
  | "invalid";

export class WireError extends Error {
  override readonly name = "WireError";

  constructor(readonly code: WireErrorCode, message: string) {
    super(message);
  }
}

/** What actually crosses. Errors are values: no class survives a structured clone. */
export type Frame =
  | { kind: "request"; id: number; name: string; body: unknown }
  | { kind: "reply"; id: number; ok: true; body: unknown }
  | { kind: "reply"; id: number; ok: false; error: { code: WireErrorCode; message: string } }
  | { kind: "cancel"; id: number }
  /** From the asker: how the request is to go on. */
  | { kind: "steer"; id: number; wish: Wish }
  /** To the asker: how far it is; and that it has heard it is to pause. */
  | { kind: "progress"; id: number; body: unknown }
  | { kind: "held"; id: number }
  | { kind: "event"; name: string; body: unknown };

const errorCodes: ReadonlySet<unknown> = new Set<WireErrorCode>([
  "failed", "timeout", "cancelled", "superseded", "disposed", "unknown", "invalid",
]);

/** The frame a message holds, or undefined where it holds none. The body is not looked at: that is `checks`' task. */
export function frameOf(message: unknown): Frame | undefined {
  if (typeof message !== "object" || message === null) return undefined;
  const { kind, id, name, ok, body, error, wish } = message as Record<string, unknown>;
  switch (kind) {
    case "request":
      return isId(id) && typeof name === "string" ? { kind, id, name, body } : undefined;
    case "event":
      return typeof name === "string" ? { kind, name, body } : undefined;
    case "cancel":
    case "held":
      return isId(id) ? { kind, id } : undefined;
    case "steer":
      return isId(id) && isWish(wish) ? { kind, id, wish } : undefined;
    case "progress":
      return isId(id) ? { kind, id, body } : undefined;
    case "reply":
      if (!isId(id)) return undefined;
      if (ok === true) return { kind, id, ok, body };
      return ok === false ? { kind, id, ok, error: wireErrorOf(error) } : undefined;
    default:
      return undefined;
  }
}

function isId(id: unknown): id is number {
  return typeof id === "number" && Number.isSafeInteger(id);
}

function wireErrorOf(error: unknown): { code: WireErrorCode; message: string } {
  if (typeof error !== "object" || error === null) return { code: "failed", message: "The request failed." };
  const { code, message } = error as Record<string, unknown>;
  return {
    code: isErrorCode(code) ? code : "failed",
    message: typeof message === "string" ? message : "The request failed.",
  };
}

function isErrorCode(code: unknown): code is WireErrorCode {
  return errorCodes.has(code);
}

/** The boundary where a name off the wire meets a typed table; only the table's own entries count ("constructor" is none). */
export function ownFunction(table: object | undefined, name: string): ((...args: unknown[]) => unknown) | undefined {
  if (table === undefined || !Object.hasOwn(table, name)) return undefined;
  const entry = (table as Record<string, unknown>)[name];
  return typeof entry === "function" ? (entry as (...args: unknown[]) => unknown) : undefined;
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
