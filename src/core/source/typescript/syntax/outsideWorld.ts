/** Why a name that is not the user's own cannot be used, in a sentence that begins with the name, and what to do instead. */
export interface Outside {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

interface Reach {
  readonly what: string;
  readonly hint: string;
}

const pass = "Pass what it gives as a parameter, or write it as a module constant.";
const reads = (what: string): Reach => ({ what, hint: pass });
const clock: Reach = { what: "reads the clock", hint: "Pass the time as a parameter." };
const later: Reach = { what: "runs later, when the result is long returned", hint: "Compute the result at once, in a plain function." };
const page = reads("reads the page");
const files: Reach = { what: "reads files", hint: "Write the values in this file, or import them as JSON." };
const network: Reach = { what: "reads from the network", hint: "Load the data before, and write the values in this file." };
const programs: Reach = { what: "starts other programs", hint: "Pass the result as a parameter, or write it as a module constant." };
const draws: Reach = { what: "draws random numbers", hint: "Draw the numbers once, and write them as a module constant." };
const processes = reads("reads the process and its environment");
const outside: Reach = { what: "reaches out of the function", hint: "Use parameters, and return the result." };
const stored = reads("reads stored data");
const user = reads("asks the user");
const code: Reach = { what: "loads code while the function runs", hint: "Import it at the top of the file." };

const names = new Map<string, Reach>(Object.entries({
  Date: clock, performance: clock, Temporal: clock, process: processes, require: code, importScripts: code,
  document: page, window: page, location: page, history: page, Image: page, screen: page, getComputedStyle: page, navigator: reads("reads the browser"),
  globalThis: outside, global: outside, self: outside, top: outside, parent: outside, Deno: outside, Bun: outside,
  localStorage: stored, sessionStorage: stored, indexedDB: stored, caches: stored,
  fetch: network, XMLHttpRequest: network, WebSocket: network, EventSource: network,
  setTimeout: later, setInterval: later, setImmediate: later, queueMicrotask: later, requestAnimationFrame: later,
  Promise: { what: "gives its result later, not now", hint: "Load the data before, and compute in a plain function." },
  crypto: draws, alert: user, prompt: user, confirm: user, Worker: programs, SharedArrayBuffer: programs, Atomics: programs, Intl: reads("depends on where it runs"),
}));

const modules = new Map<string, Reach>(Object.entries({
  fs: files, "fs/promises": files, path: outside, os: reads("reads the machine"), process: processes, child_process: programs, worker_threads: programs, cluster: programs,
  http: network, https: network, http2: network, net: network, dns: network, dgram: network, tls: network, crypto: draws, readline: user, perf_hooks: clock,
  timers: later, "timers/promises": later, stream: outside, zlib: outside, url: outside, util: outside, vm: { what: "runs text as code", hint: "Write the formula as code." }, v8: outside, vscode: outside,
}));

/** Things of the language itself that numbers have no use for. */
const unsupported = new Map<string, string>([
  ...["BigInt", "Symbol", "RegExp"].map((name) => [name, "E107"] as const),
  ...["Proxy", "Reflect", "WeakMap", "WeakSet", "WeakRef", "FinalizationRegistry", "ArrayBuffer", "BigInt64Array", "BigUint64Array", "WebAssembly"]
    .map((name) => [name, "E101"] as const),
]);

/** What is to be said of a name that nothing in the file declares. */
export function undeclared(name: string): Outside {
  if (name === "eval" || name === "Function") return makesCode(name);
  const reach = names.get(name);
  if (reach) return { code: "E104", message: `"${name}" ${reach.what}.`, hint: reach.hint };
  const code = unsupported.get(name);
  if (code !== undefined) return { code, message: `"${name}" is not supported.`, hint: "Compute with numbers, arrays and plain objects." };
  return { code: "E102", message: `"${name}" is not defined.`, hint: "Define it in this file or import it." };
}

export const makesCode = (name: string): Outside => ({
  code: "E101", message: `${name} makes code out of text, which is never run here.`, hint: "Write the formula as code.",
});

/** What is to be said of a name imported from a module that reaches out of the program. */
export function fromOutside(name: string, specifier: string): Outside | undefined {
  const reach = modules.get(specifier.replace(/^node:/, ""));
  return reach && { code: "E104", message: `"${name}" ${reach.what}, so the function would not give the same result each time.`, hint: reach.hint };
}
