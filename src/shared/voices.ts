import type { HostEvents, WebviewRequests, WorkerRequests } from "./protocol";

/** No names at all. */
type Nothing = object;

/** Who may say what, for `Rpc`: the host talks to a webview as `Rpc<HostSays, WebviewSays>`, the webview the other way round. */
export interface HostSays {
  requests: Nothing;
  events: HostEvents;
}

export interface WebviewSays {
  requests: WebviewRequests;
  events: Nothing;
}

/** Host to worker: `Rpc<AskWorker, WorkerSays>` at the host, `Rpc<WorkerSays, AskWorker>` in the worker. */
export interface AskWorker {
  requests: WorkerRequests;
  events: Nothing;
}

export interface WorkerSays {
  requests: Nothing;
  events: Nothing;
}
