import path from "node:path";
import { fileURLToPath } from "node:url";

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
/** What is fetched once and kept; ignored by git. */
export const cache = path.join(root, ".cache");
export const examples = path.join(root, "examples");
