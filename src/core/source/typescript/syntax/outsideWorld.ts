/** Names that reach out of the function: what each does, to end a sentence that begins with the name. */
export const outsideWorld: Record<string, string> = {
  Date: "reads the clock", performance: "reads the clock",
  process: "reads the process and its environment", require: "loads code while the function runs",
  document: "reads the page", window: "reads the page", globalThis: "reaches out of the function", global: "reaches out of the function", self: "reaches out of the function",
  navigator: "reads the browser", location: "reads the page", localStorage: "reads stored data", sessionStorage: "reads stored data", history: "reads the page",
  fetch: "reads from the network", XMLHttpRequest: "reads from the network", WebSocket: "reads from the network", EventSource: "reads from the network",
  setTimeout: "runs later, when the result is long returned", setInterval: "runs later, when the result is long returned",
  setImmediate: "runs later, when the result is long returned", queueMicrotask: "runs later, when the result is long returned",
  requestAnimationFrame: "runs later, when the result is long returned", Promise: "gives its result later, not now",
  crypto: "draws random numbers", alert: "asks the user", prompt: "asks the user", confirm: "asks the user",
  Worker: "starts other programs", Deno: "reaches out of the function", Bun: "reaches out of the function",
  importScripts: "loads code while the function runs", indexedDB: "reads stored data", Image: "reads the page", Intl: "depends on where it runs",
};

export const outsideModules: Record<string, string> = {
  fs: "reads files", "fs/promises": "reads files", path: "reaches out of the function", os: "reads the machine", process: "reads the process and its environment",
  child_process: "starts other programs", http: "reads from the network", https: "reads from the network", net: "reads from the network", dns: "reads from the network",
  crypto: "draws random numbers", worker_threads: "starts other programs", readline: "asks the user", perf_hooks: "reads the clock", timers: "runs later",
  stream: "reads from outside", zlib: "reads from outside", url: "reaches out of the function", util: "reaches out of the function", vscode: "reaches out of the function",
};
