import type { PanelIntent } from "../src/shared/intent";

/** What the panel needs of VS Code: messages out, messages in, and a place for the intent that survives a reload. */
export interface VsCodeApi {
  post(message: unknown): void;
  /** Returns how to stop listening. */
  onMessage(listener: (message: unknown) => void): () => void;
  restore(): PanelIntent | undefined;
  persist(intent: PanelIntent): void;
}

/** `acquireVsCodeApi` may be called once in the life of a page, so only this module calls it, and only `main` calls this. */
export function acquireApi(): VsCodeApi {
  const api = acquireVsCodeApi();
  return {
    post: (message) => api.postMessage(message),
    onMessage: (listener) => {
      const receive = (event: MessageEvent<unknown>): void => listener(event.data);
      window.addEventListener("message", receive);
      return () => window.removeEventListener("message", receive);
    },
    restore: () => restoredIntent(api.getState()),
    persist: (intent) => void api.setState(intent),
  };
}

/** The same without an editor: what is posted is kept, and messages arrive as the browser delivers them. */
export function createMemoryApi(restored?: unknown): VsCodeApi & { readonly posted: unknown[]; readonly state: unknown } {
  const posted: unknown[] = [];
  let state = restored;
  return {
    posted,
    get state() {
      return state;
    },
    post: (message) => void posted.push(message),
    onMessage: (listener) => {
      const receive = (event: MessageEvent<unknown>): void => listener(event.data);
      window.addEventListener("message", receive);
      return () => window.removeEventListener("message", receive);
    },
    restore: () => restoredIntent(state),
    persist: (intent) => {
      state = intent;
    },
  };
}

/** Validated boundary: an intent of another version, or of no version, is not ours to guess at. */
function restoredIntent(state: unknown): PanelIntent | undefined {
  if (typeof state !== "object" || state === null) return undefined;
  const { version, mode, source, descent } = state as Record<string, unknown>;
  const whole = version === 1 && typeof mode === "string" && typeof source === "object" && typeof descent === "object";
  return whole && source !== null && descent !== null ? (state as PanelIntent) : undefined;
}
