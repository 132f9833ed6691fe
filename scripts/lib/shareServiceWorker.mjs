import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Obstacle } from "./narrator.mjs";

const page = "out/vs/workbench/contrib/webview/browser/pre/index.html";

/**
 * VS Code registers a service worker for every webview, named after it: right where every webview has an origin of its own. In the
 * embedded workbench they share one, so each new webview would replace the worker of the others, and its registration would queue
 * behind an update of the last one: seconds, and on a busy machine now and then for ever. The worker needs the name only for web
 * workers inside a webview, so here all webviews share one worker, and one that is there already is not registered again.
 */
const changes = [
  ["&id=${ID}&remoteAuthority=", "&remoteAuthority="],
  [
    "navigator.serviceWorker.register(swPath)\n\t\t\t\t.then(async registration",
    "(navigator.serviceWorker.controller?.scriptURL.endsWith(swPath) ? navigator.serviceWorker.getRegistration() : navigator.serviceWorker.register(swPath))\n\t\t\t\t.then(async registration",
  ],
];

/** @param {string} server the folder of the server */
export function shareServiceWorker(server) {
  const file = path.join(server, page);
  const before = readFileSync(file, "utf8");
  const after = changes.reduce((text, [from = "", to = ""]) => {
    if (!text.includes(from)) throw new Obstacle(`${file} is not what it was in the version this was written for.`);
    return text.replace(from, () => to);
  }, before);
  // The page allows its one inline script by its hash.
  writeFileSync(file, after.replace(hashOfScript(before), hashOfScript(after)));
}

/** @param {string} text */
function hashOfScript(text) {
  const script = /<script async type="module">([\s\S]*?)<\/script>/.exec(text)?.[1];
  if (script === undefined) throw new Obstacle("The webview page of the embedded VS Code has no inline script.");
  return `'sha256-${createHash("sha256").update(script).digest("base64")}'`;
}
