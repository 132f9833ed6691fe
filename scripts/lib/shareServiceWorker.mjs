import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Obstacle } from "./narrator.mjs";

/**
 * Lets all webviews of the embedded workbench share one service worker. VS Code names the worker by the webview, which is right where
 * every webview has an origin of its own; here they share one, so each new webview would replace the worker of the others, and on a
 * busy machine one of them now and then waits for ever. The worker needs the name only for web workers inside a webview.
 * @param {string} server the folder of the server
 */
export function shareServiceWorker(server) {
  const file = path.join(server, "out/vs/workbench/contrib/webview/browser/pre/index.html");
  const before = readFileSync(file, "utf8");
  const after = before.replace("&id=${ID}&remoteAuthority=", "&remoteAuthority=");
  if (after === before) throw new Obstacle(`${file} is not what it was in the version this was written for.`);
  // The page allows its one inline script by its hash.
  writeFileSync(file, after.replace(hashOfScript(before), hashOfScript(after)));
}

/** @param {string} page */
function hashOfScript(page) {
  const script = /<script async type="module">([\s\S]*?)<\/script>/.exec(page)?.[1];
  if (script === undefined) throw new Obstacle("The webview page of the embedded VS Code has no inline script.");
  return `'sha256-${createHash("sha256").update(script).digest("base64")}'`;
}
