import type { Machine } from "../state/machine";
import { known, type NativeCall, type NativeValue, type Value } from "../state/values";
import type { Node } from "../syntax/syntax";

const patterns = new WeakMap<Value, RegExp>();
const longestSubject = 100_000;

const native = (name: string, call: NativeCall): NativeValue => ({ kind: "native", name, call });

/** A regular expression takes data texts apart; what it is given is always known before the function runs. */
export function patternValue(machine: Machine, source: string, flags: string, node: Node): Value {
  // Repetition inside repetition can take for ever on a short text.
  if (/[+*}][^()]*\)\s*[+*{]/.test(source)) throw machine.refuse(node, "E101", "This regular expression repeats what repeats, which may take for ever.", "Take the text apart with split.");
  try {
    const pattern = new RegExp(source, flags.replace("y", ""));
    const value: NativeValue = {
      kind: "native", name: "RegExp",
      get: (_machine, name) => {
        if (name === "test") return native(name, (at, [text], where) => known(matchOf(at, pattern, text, where) !== null));
        if (name === "exec") return native(name, (at, [text], where) => listOfMatch(at, matchOf(at, pattern, text, where)));
        return name === "source" ? known(source) : undefined;
      },
    };
    patterns.set(value, pattern);
    return value;
  } catch (problem) {
    if (problem instanceof SyntaxError) throw machine.refuse(node, "E100", "This is no regular expression.", "Check its brackets.");
    throw problem;
  }
}

function subjectOf(machine: Machine, text: Value | undefined, node: Node): string {
  if (text?.kind !== "static") throw machine.refuse(node, "E107", "A regular expression is asked about a number that is known only at run time.", "Compute with the number itself.");
  const subject = String(text.value);
  if (subject.length > longestSubject) throw machine.refuse(node, "E108", "This text is too long for a regular expression.", "Take it apart with split.");
  return subject;
}

/** From the start, as if each were the first call. */
function matchOf(machine: Machine, pattern: RegExp, text: Value | undefined, node: Node): RegExpMatchArray | null {
  return subjectOf(machine, text, node).match(new RegExp(pattern.source, pattern.flags.replace("g", "")));
}

function listOfMatch(machine: Machine, match: readonly (string | undefined)[] | null): Value {
  return match ? machine.listOf(match.map((part) => known(part))) : known(null);
}

/** `text.split(/,/)` and its like; undefined where the argument is no regular expression. */
export function patternMethod(name: string, subject: string): NativeCall | undefined {
  if (!["split", "replace", "replaceAll", "match", "matchAll", "search"].includes(name)) return undefined;
  return (machine, [first, second], node) => {
    const pattern = first ? patterns.get(first) : undefined;
    const text = subjectOf(machine, known(subject), node);
    const plain = first?.kind === "static" ? String(first.value) : undefined;
    const used = pattern ?? plain;
    if (used === undefined) {
      if (first) throw machine.refuse(node, "E107", `What ${name} looks for is known only at run time.`, "Use a text or a regular expression.");
      return known(text);
    }
    switch (name) {
      case "split": return machine.listOf(text.split(used).map((part) => known(part)));
      case "search": return known(text.search(used));
      case "match": return pattern?.global ? listOfMatch(machine, text.match(pattern)) : listOfMatch(machine, text.match(used));
      case "matchAll": return machine.listOf(pattern?.global ? [...text.matchAll(pattern)].map((match) => listOfMatch(machine, match)) : []);
      default: {
        if (second?.kind !== "static") throw machine.refuse(node, "E107", `${name} needs a text to put in here.`, "Give it a text.");
        return known(name === "replaceAll" ? text.replaceAll(used, String(second.value)) : text.replace(used, String(second.value)));
      }
    }
  };
}
