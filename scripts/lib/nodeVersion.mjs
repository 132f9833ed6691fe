/**
 * Says so plainly when Node is too old, before anything else is loaded. Written in words an old Node understands, and the
 * scripts import the rest of what they need after it has looked.
 * @param {number} minimum
 */
export function requireNode(minimum) {
  const major = Number(process.versions.node.split(".")[0]);
  if (major >= minimum) return;
  console.error(
    "Downhill needs Node " + minimum + " or newer; this is Node " + process.versions.node + ".\n" +
      "Get a newer one from https://nodejs.org (or with nvm: nvm install " + minimum + ") and try again.",
  );
  process.exit(1);
}
