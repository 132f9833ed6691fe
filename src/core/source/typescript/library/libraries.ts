import { lodash } from "./known/lodash";
import { mathjs } from "./known/mathjs";
import { numeric } from "./known/numeric";
import { d3Array, simpleStatistics } from "./known/statistics";

/**
 * Well-known libraries, by name. Each is a few lines in the language that we read, so that a call into one is read, kept as loops and
 * differentiated like a call of the user's own; what is not among them is refused.
 */
const sources: ReadonlyMap<string, string> = new Map(Object.entries({
  lodash, "lodash-es": lodash, underscore: lodash, mathjs, numeric, numericjs: numeric,
  "simple-statistics": simpleStatistics, "d3-array": d3Array, d3: d3Array,
}));

/** The text that stands for a library, or for one function of it: `lodash/sum`. */
export function librarySource(specifier: string): { uri: string; text: string } | undefined {
  const uri = `library:${specifier}.js`;
  const text = sources.get(specifier);
  if (text !== undefined) return { uri, text };
  const [, base, name] = /^(lodash|lodash-es|underscore)\/(\w+?)(?:\.js)?$/.exec(specifier) ?? [];
  return base && name ? { uri, text: `export { ${name} as default } from "${base}";` } : undefined;
}

const globals: ReadonlyMap<string, string> = new Map(Object.entries({ _: "lodash", math: "mathjs", numeric: "numeric", ss: "simple-statistics", d3: "d3-array" }));

/** The library that a page's script means by a name it does not declare. */
export const libraryCalled = (name: string): string | undefined => globals.get(name);

export const isLibrary = (uri: string): boolean => uri.startsWith("library:");
