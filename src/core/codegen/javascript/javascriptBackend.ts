import type { Backend } from "../kernel";
import { javascriptGridKernel } from "./gridKernel";
import { javascriptKernel } from "./javascriptKernel";

export const javascriptBackend: Backend = { name: "javascript", kernel: javascriptKernel, grid: javascriptGridKernel };
