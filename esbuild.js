// @ts-check
/**
 * Builds what VS Code loads:
 *   dist/extension.js         the host: thin, loads at activation
 *   dist/worker.js            all computing, with the parsers: loaded on first use
 *   dist/webview/main.{js,css} all drawing, with its fonts
 *   dist/test/suite.js        the tests that run inside the extension host (only with --test)
 * and dist/meta.json, from which the bundle sizes are reported.
 *
 *   node esbuild.js [--watch] [--production] [--test]
 */
"use strict";

const esbuild = require("esbuild");
const fs = require("node:fs");
const path = require("node:path");

const root = __dirname;

/** KaTeX offers each font three times; every VS Code reads woff2, so the other two are left out. */
const onlyWoff2 = {
  name: "only-woff2",
  /** @param {import("esbuild").PluginBuild} build */
  setup(build) {
    build.onLoad({ filter: /KaTeX_[^/\\]*\.(woff|ttf)$/ }, () => ({ contents: "", loader: "empty" }));
  },
};

/**
 * @param {{ production?: boolean, test?: boolean }} [mode]
 * @returns {Record<string, import("esbuild").BuildOptions>} options by bundle name
 */
function bundles(mode = {}) {
  /** @type {import("esbuild").BuildOptions} */
  const common = {
    absWorkingDir: root,
    bundle: true,
    metafile: true,
    minify: mode.production === true,
    sourcemap: mode.production ? false : "linked",
    sourcesContent: false,
    logLevel: "silent",
  };
  /** @type {import("esbuild").BuildOptions} */
  const node = { ...common, platform: "node", format: "cjs", target: "node20" };
  /** @type {Record<string, import("esbuild").BuildOptions>} */
  const all = {
    extension: { ...node, entryPoints: ["src/extension.ts"], outfile: "dist/extension.js", external: ["vscode"] },
    worker: { ...node, entryPoints: ["src/worker/entry.node.ts"], outfile: "dist/worker.js" },
    webview: {
      ...common,
      platform: "browser",
      format: "iife",
      target: "es2022",
      entryPoints: ["webview/main.ts"],
      outfile: "dist/webview/main.js",
      loader: { ".woff2": "file", ".ttf": "file" },
      assetNames: "fonts/[name]",
      plugins: [onlyWoff2],
    },
  };
  if (mode.test) {
    const folder = "test/workbench/suite";
    // The list is read from the folder at build time, so no test file can be forgotten.
    const files = fs.readdirSync(path.join(root, folder)).filter((name) => name.endsWith(".test.ts"));
    all.suite = {
      ...node,
      minify: false,
      entryPoints: [`${folder}/index.ts`],
      outfile: "dist/test/suite.js",
      external: ["vscode", "mocha"],
      define: { IN_HOST_TESTS: JSON.stringify(files.map((name) => name.replace(/\.test\.ts$/, ""))) },
    };
  }
  return all;
}

/** Says when a build begins and ends, in the words the problem matcher of .vscode/tasks.json waits for. */
const announce = {
  name: "announce",
  /** @param {import("esbuild").PluginBuild} build */
  setup(build) {
    build.onStart(() => console.log("[watch] build started"));
    build.onEnd((result) => {
      for (const { text, location } of result.errors) {
        console.error(`✘ [ERROR] ${text}`);
        if (location) console.error(`    ${location.file}:${location.line}:${location.column}:`);
      }
      console.log("[watch] build finished");
    });
  },
};

/** @param {string[]} argv */
async function main(argv) {
  const known = ["--watch", "--production", "--test"];
  const unknown = argv.find((argument) => !known.includes(argument));
  if (unknown) {
    console.error(`esbuild.js does not know ${unknown}; it knows ${known.join(", ")}.`);
    return 2;
  }
  const selected = bundles({ production: argv.includes("--production"), test: argv.includes("--test") });
  if (argv.includes("--watch")) {
    for (const options of Object.values(selected)) {
      const context = await esbuild.context({ ...options, plugins: [...(options.plugins ?? []), announce] });
      await context.watch();
    }
    return undefined;
  }
  fs.rmSync(path.join(root, "dist"), { recursive: true, force: true });
  const names = Object.keys(selected);
  const results = await Promise.allSettled(names.map((name) => esbuild.build(selected[name] ?? {})));
  /** @type {Record<string, unknown>} */
  const meta = {};
  let failed = 0;
  for (const [index, result] of results.entries()) {
    const name = names[index] ?? "";
    if (result.status === "fulfilled") {
      meta[name] = result.value.metafile;
      continue;
    }
    failed += 1;
    const errors = /** @type {import("esbuild").BuildFailure} */ (result.reason).errors ?? [{ text: String(result.reason) }];
    const lines = await esbuild.formatMessages(errors, { kind: "error", color: process.stderr.isTTY });
    console.error(`${name} could not be built:\n${lines.join("")}`);
  }
  fs.mkdirSync(path.join(root, "dist"), { recursive: true });
  fs.writeFileSync(path.join(root, "dist/meta.json"), JSON.stringify(meta));
  return failed === 0 ? 0 : 1;
}

module.exports = { bundles };

if (require.main === module) {
  main(process.argv.slice(2)).then(
    (code) => {
      if (code !== undefined) process.exitCode = code;
    },
    (error) => {
      console.error(error);
      process.exitCode = 1;
    },
  );
}
