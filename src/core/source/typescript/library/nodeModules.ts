import { filePath, folderOf } from "../../filePath";
import type { Source } from "../../program";
import type { Machine } from "../state/machine";
import { known, missing, type NativeCall, type NativeValue, type Value } from "../state/values";
import { fromOutside } from "../syntax/outsideWorld";
import type { Node } from "../syntax/syntax";
import { decoded, fileBuffer } from "./bytes";

/** The program that reads: where it is, and who gives it files. */
interface Reader {
  readonly uri: string;
  readonly readFile: NonNullable<Source["readFile"]>;
}

/**
 * What a program may take of Node's own modules: the reading of files that lie beside it, and the ways to write their paths. What is in
 * such a file belongs to the program like the numbers in its text; nothing else of the outside does.
 */
const members: Readonly<Record<string, Readonly<Record<string, (reader: Reader) => NativeCall>>>> = {
  fs: { readFileSync: (reader) => (machine, args, node) => read(machine, reader, args, node) },
  path: {
    join: ({ uri }) => (machine, args, node) => known(joined(machine, args, uri, node)),
    resolve: ({ uri }) => (machine, args, node) => known(args.reduce((at, each) => filePath(textOf(machine, each, node), `${at}/`), folderName(uri))),
    dirname: () => (machine, [path], node) => known(folderName(textOf(machine, path, node))),
    basename: () => (machine, [path], node) => known(textOf(machine, path, node).replace(/^.*\//, "")),
  },
  url: { fileURLToPath: () => (machine, [url], node) => known(textOf(machine, url, node)) },
};

const membersOf = (specifier: string): (typeof members)[string] | undefined => {
  const name = specifier.replace(/^node:/, "");
  return Object.hasOwn(members, name) ? members[name] : undefined;
};

/** Whether a name imported from a module of Node's is one of these; all of such a module is asked for what it has. */
export function isOfNode(name: string, specifier: string): boolean {
  const known = membersOf(specifier);
  return known !== undefined && (name === "*" || name === "default" || Object.hasOwn(known, name));
}

export function nodeModule(specifier: string, reader: Reader): NativeValue | undefined {
  const known = membersOf(specifier);
  return known && {
    kind: "native", name: specifier,
    get: (machine, name, node) => {
      const make = Object.hasOwn(known, name) ? known[name] : undefined;
      if (make) return { kind: "native", name, call: make(reader) };
      const outside = fromOutside(name, specifier);
      if (outside) throw machine.refuse(node, outside.code, outside.message, outside.hint);
      return undefined;
    },
  };
}

/** `__dirname`, `import.meta.dirname`. */
export const folderName = (uri: string): string => folderOf(uri).replace(/\/$/, "") || ".";

/** `import.meta`, as far as it helps to find a file. */
export const importMeta = (machine: Machine, uri: string): Value => machine.object(new Map([["url", known(uri)], ["dirname", known(folderName(uri))], ["filename", known(uri)]]));

/** `new URL("./data.csv", import.meta.url)`. */
export const url: NativeValue = {
  kind: "native", name: "URL",
  construct: (machine, [path, base], node) => {
    const href = base ? filePath(textOf(machine, path, node), textOf(machine, base, node)) : textOf(machine, path, node);
    return machine.object(new Map([["href", known(href)], ["pathname", known(href)]]));
  },
};

function joined(machine: Machine, [first, ...others]: readonly Value[], uri: string, node: Node): string {
  const begin = textOf(machine, first, node);
  const path = [begin, ...others.map((each) => textOf(machine, each, node))].join("/");
  // A path that begins nowhere stays one.
  return filePath(path, "") || folderName(uri);
}

/** A path as it stands there, or that of a URL. */
function textOf(machine: Machine, value: Value = missing, node: Node): string {
  const text = value.kind === "object" ? value.fields.content.get("href")?.content ?? missing : value;
  if (text.kind === "poison") return text.fail(node);
  if (text.kind !== "static" || typeof text.value !== "string") throw machine.refuse(node, "E101", "Which file is meant here cannot be seen.", 'Name it by a text: "./data.csv".');
  return text.value;
}

/** The bytes of a file, or its text. */
function read(machine: Machine, { uri, readFile }: Reader, [path, options]: readonly Value[], node: Node): Value {
  const name = textOf(machine, path, node);
  const file = readFile(name, uri);
  const called = `"${name.replace(folderOf(uri), "")}"`;
  if (!file) {
    throw machine.refuse(node, "E102", `${called} cannot be found.`, "Check the path, which counts from the folder of this file; it must stand in the text as a whole.");
  }
  if ("isOutside" in file) throw machine.refuse(node, "E104", `${called} lies outside the folder that is open, where nothing is read.`, "Put the file into that folder.");
  if ("tooLarge" in file) throw machine.refuse(node, "E108", `${called} has ${Math.ceil(file.tooLarge / 1e6)} MB, which is more than is read.`, "Take some of it into a file of its own.");
  machine.budget.opened(file.bytes.length);
  const encoding = options?.kind === "object" ? options.fields.content.get("encoding")?.content : options;
  const isText = encoding?.kind === "static" && encoding.value !== undefined && encoding.value !== null;
  return isText ? known(decoded(machine, file.bytes, encoding, node)) : fileBuffer(machine, file.bytes);
}
