import { build } from "esbuild";
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { withLock } from "../../scripts/lib/lock.mjs";
import { cache, root } from "../../scripts/lib/paths.mjs";
import { npm } from "../../scripts/lib/processes.mjs";
import { type Absent, type Peer, answerIn, measuring } from "./peer";

const execute = promisify(execFile);

interface Library {
  readonly label: string;
  readonly packages: readonly string[];
  /** In bench/programs; it knows the network only. */
  readonly program: string;
  readonly precision: number;
}

const libraries: Library[] = [
  {
    label: "tfjs, wasm, single precision", packages: ["@tensorflow/tfjs-core@4.22.0", "@tensorflow/tfjs-backend-wasm@4.22.0"],
    program: "networkTfjs", precision: 1e-4,
  },
  { label: "jax-js, wasm", packages: ["@jax-js/jax@0.1.25"], program: "networkJaxJs", precision: 1e-5 },
];

/** Libraries of tensors for JavaScript: no dependencies of the project, but fetched into .cache when they are first measured. */
export async function tensorLibraries(folder: string): Promise<(Peer | Absent)[]> {
  return Promise.all(libraries.map(async (library) => {
    try {
      const home = path.join(cache, "peers", library.packages.join("+").replaceAll("/", "-"));
      await withLock(`${home}.lock`, () => install(library.packages, home));
      return await peer(library, home, folder);
    } catch (error) {
      return { label: library.label, why: String(error).split("\n")[0] ?? "" };
    }
  }));
}

/** Put together aside, so that an interrupted install leaves nothing that looks like one. */
async function install(packages: readonly string[], home: string): Promise<void> {
  if (existsSync(home)) return;
  const aside = `${home}.partial`;
  rmSync(aside, { recursive: true, force: true });
  mkdirSync(aside, { recursive: true });
  writeFileSync(path.join(aside, "package.json"), JSON.stringify({ name: "downhill-peers", private: true }));
  const flags = ["--ignore-scripts", "--omit=dev", "--no-audit", "--no-fund", "--loglevel=error", "--fetch-retries=0"];
  const { code, output } = await npm(["install", ...packages, ...flags], { cwd: aside });
  if (code !== 0) throw new Error(`npm could not install it: ${output.trim().split("\n")[0] ?? ""}`);
  renameSync(aside, home);
}

/** What such a package expects of a CommonJS module. */
const surroundings = `import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
const require = createRequire(import.meta.url), __filename = fileURLToPath(import.meta.url), __dirname = path.dirname(__filename);`;

async function peer({ label, packages, program, precision }: Library, home: string, folder: string): Promise<Peer> {
  const modules = path.join(home, "node_modules");
  const outfile = path.join(folder, `${program}.mjs`);
  await build({
    entryPoints: [path.join(root, `bench/programs/${program}.mjs`)], outfile, bundle: true, platform: "node", format: "esm", target: "node20",
    mainFields: ["main", "module"], nodePaths: [modules], banner: { js: surroundings }, logLevel: "silent",
  });
  const env = { ...process.env, TFJS_WASM: `${path.join(modules, "@tensorflow/tfjs-backend-wasm/dist")}/` };
  return {
    label,
    what: packages.join(", "),
    precision,
    async ask({ program: name, file, dimensions }) {
      if (name !== "network") return undefined;
      return answerIn((await execute(process.execPath, [outfile, file, measuring, ...dimensions].map(String), { env })).stdout);
    },
    end: () => undefined,
  };
}
