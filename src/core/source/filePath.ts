/** Where a file is that a program names: `path` counts from the program's folder unless it begins at a root. `.` and `..` are resolved. */
export function filePath(path: string, fromUri: string): string {
  if (rootOf(path) !== "") return normal(path);
  if (path.startsWith("/")) return normal(rootOf(fromUri) + path);
  return normal(`${folderOf(fromUri)}${path}`);
}

/** Up to the last slash, with it. */
export const folderOf = (uri: string): string => uri.slice(0, uri.lastIndexOf("/") + 1);

/** `file://` of an address, or the scheme of whatever else. */
const rootOf = (uri: string): string => /^[a-z][\w+.-]+:(?:\/\/[^/]*)?/i.exec(uri)?.[0] ?? "";

function normal(path: string): string {
  const root = rootOf(path);
  const rest = path.slice(root.length);
  const parts: string[] = [];
  for (const part of rest.split(/[/\\]/)) {
    if (part === "" || part === ".") continue;
    if (part === ".." && parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else if (part !== ".." || !rest.startsWith("/")) parts.push(part);
  }
  return `${root}${rest.startsWith("/") ? "/" : ""}${parts.join("/")}`;
}
