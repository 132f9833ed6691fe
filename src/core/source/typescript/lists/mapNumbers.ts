import { callValue } from "../evaluate/calls";
import type { Machine } from "../state/machine";
import { known, type FunctionValue, type ListValue, type Value } from "../state/values";
import { isFunctionNode, walk, type Node } from "../syntax/syntax";
import { bytesOf, numbersOf } from "./numbers";

/** What a function gives for each byte, as far as anybody has asked. */
interface Table {
  readonly values: Float64Array;
  readonly isKnown: Uint8Array;
  known: number;
}

/** By the function's text, and by what it sees of the world around it. */
const tables = new WeakMap<Machine, WeakMap<Node, Map<string, Table>>>();

/**
 * The results of a function for many bytes: there are 256 different ones at most, whatever their number, and nothing is copied. Undefined where that is not so:
 * where the elements are no bytes, or the function looks at more than its element, or changes something.
 */
export function mapNumbers(machine: Machine, list: ListValue, callback: Value | undefined, node: Node, typed: string | undefined): ListValue | undefined {
  const numbers = numbersOf(list);
  const bytes = numbers && bytesOf(numbers);
  if (!bytes || callback?.kind !== "function" || (typed !== undefined && !typed.startsWith("Float"))) return undefined;
  const table = tableOf(machine, callback);
  if (!table || !fill(machine, table, bytes, callback, node)) return undefined;
  machine.budget.readBytes(numbers.length);
  return machine.list({ ...numbers, table: table.values }, typed);
}

/** Asks for the bytes that are new. False where the answers are no numbers, or asking left a trace. */
function fill(machine: Machine, table: Table, bytes: Uint8Array, callback: FunctionValue, node: Node): boolean {
  const { values, isKnown } = table;
  if (table.known === values.length) return true;
  const mark = machine.journal.mark();
  const birth = machine.now();
  for (const byte of bytes) {
    if (isKnown[byte] === 1) continue;
    const value = callValue(machine, callback, [known(byte)], node);
    const isPure = [...machine.journal.writtenSince(mark)].every((slot) => slot.birth >= birth);
    if (!isPure || value.kind !== "static" || typeof value.value !== "number") {
      machine.journal.rollback(mark, birth);
      return false;
    }
    values[byte] = value.value;
    isKnown[byte] = 1;
    table.known++;
  }
  return true;
}

function tableOf(machine: Machine, callback: FunctionValue): Table | undefined {
  const seen = surroundings(callback);
  if (seen === undefined) return undefined;
  const ofMachine = tables.get(machine) ?? new WeakMap<Node, Map<string, Table>>();
  tables.set(machine, ofMachine);
  const ofText = ofMachine.get(callback.node) ?? new Map<string, Table>();
  ofMachine.set(callback.node, ofText);
  const table = ofText.get(seen) ?? { values: new Float64Array(256), isKnown: new Uint8Array(256), known: 0 };
  ofText.set(seen, table);
  return table;
}

/** The numbers and texts that a function of one parameter uses from around it; undefined where it uses anything else. */
function surroundings({ node, scope, boundArgs }: FunctionValue): string | undefined {
  if (!isFunctionNode(node) || boundArgs || node.params.length !== 1 || node.params[0]?.type !== "Identifier") return undefined;
  const own = node.params[0].name;
  const seen: [string, unknown][] = [];
  let isPlain = true;
  walk(node.body, (each) => {
    if (each.type === "ThisExpression" || isFunctionNode(each) || each.type === "AssignmentExpression" || each.type === "UpdateExpression") isPlain = false;
    if (each.type !== "Identifier" || each.name === own) return undefined;
    const content = scope.find(each.name)?.content;
    if (content?.kind === "static") seen.push([each.name, String(content.value)]);
    else if (content || scope.module.imports.has(each.name)) isPlain = false;
    return undefined;
  });
  return isPlain ? JSON.stringify(seen) : undefined;
}
