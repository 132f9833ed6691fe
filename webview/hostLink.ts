import type { HostEvents, WebviewRequests } from "../src/shared/protocol";
import { unwrapNonFinite } from "../src/shared/nonFinite";
import { Rpc } from "../src/shared/rpc";
import type { Following, ProgressOf } from "../src/shared/rpc";
import type { HostSays, WebviewSays } from "../src/shared/voices";
import type { VsCodeApi } from "./vscodeApi";

export type HostListeners = { [K in keyof HostEvents]: (body: HostEvents[K]) => void };

/** What the panel may ask of the host. */
export interface HostLink {
  request<K extends keyof WebviewRequests>(
    name: K,
    body: WebviewRequests[K]["request"],
    options?: { signal?: AbortSignal } & Following<ProgressOf<WebviewRequests[K]>>,
  ): Promise<WebviewRequests[K]["response"]>;
  dispose(): void;
}

export function connectHost(api: VsCodeApi, hear: HostListeners, onProblem: (problem: string) => void): HostLink {
  const port = {
    post: (message: unknown) => api.post(message),
    onMessage: (listener: (message: unknown) => void) => ({
      dispose: api.onMessage((message) => listener(unwrapNonFinite(message))),
    }),
  };
  const rpc = new Rpc<WebviewSays, HostSays>(port, { serve: {}, hear, onProblem });
  return rpc;
}
