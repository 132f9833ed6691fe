import { interpreterBackend } from "./interpreterBackend";
import { javascriptBackend } from "./javascript/javascriptBackend";
import type { Backend } from "./kernel";
import { webAssemblyHere } from "./wasm/platform";
import { wasmBackend } from "./wasm/wasmBackend";

/** The backend that is asked for, or the next best that the platform has. */
export function chooseBackend(wanted: "auto" | Backend["name"] = "auto"): Backend {
  switch (wanted) {
    case "interpreter": return interpreterBackend;
    case "wasm": return webAssemblyHere() === "none" ? javascriptBackend : wasmBackend();
    case "auto":
    case "javascript": return javascriptBackend;
  }
}
