import { interpreterBackend } from "./interpreterBackend";
import { javascriptBackend } from "./javascript/javascriptBackend";
import type { Backend } from "./kernel";
import { webAssemblyHere } from "./wasm/platform";
import { wasmBackend } from "./wasm/wasmBackend";

export interface BackendChoice {
  readonly backend?: "auto" | "javascript" | "wasm" | "interpreter";
  readonly strictOrder?: boolean;
}

/** The backend that is asked for, or the next best that the platform has. */
export function chooseBackend({ backend = "auto", strictOrder = false }: BackendChoice): Backend {
  switch (backend) {
    case "interpreter": return interpreterBackend;
    case "wasm": {
      const here = webAssemblyHere();
      return here === "none" ? javascriptBackend : wasmBackend({ hasVectors: here === "vectors", isStrict: strictOrder });
    }
    case "auto":
    case "javascript": return javascriptBackend;
  }
}
