import type { Numbers } from "../../../ir/types";
import type { Machine } from "../state/machine";
import { known, type Layout, type ListValue, type NumbersState, type Value } from "../state/values";
import { dataArray } from "./layouts";

/** Up to so many numbers a list has a place for each. */
const FEW = 256;

/** The list's numbers, where they are all known and not kept one by one. */
export function numbersOf(list: ListValue): NumbersState | undefined {
  const { content } = list.state;
  return content.kind === "numbers" ? content : undefined;
}

export function numbersList(machine: Machine, values: Numbers, typed?: string): ListValue {
  return machine.list({ kind: "numbers", values, from: 0, length: values.length }, typed);
}

/** Some of a list's numbers, from one place to before another, as a list of their own. */
export function someNumbers(machine: Machine, numbers: NumbersState, a: number, b: number, typed?: string): ListValue {
  machine.budget.readBytes(b - a);
  return machine.list({ ...numbers, from: numbers.from + a, length: b - a }, typed);
}

/** A list of values known now: compact, where they are many and all numbers. */
export function listOfMany(machine: Machine, values: readonly Value[], typed?: string): ListValue {
  if (values.length <= FEW || !values.every((value) => value.kind === "static" && typeof value.value === "number")) return machine.listOf(values, typed);
  return numbersList(machine, Float64Array.from(values, (value) => (value.kind === "static" ? Number(value.value) : NaN)), typed);
}

export function numberAt({ values, from, table }: NumbersState, at: number): Value {
  const value = values[from + at];
  return known(table && value !== undefined ? table[value] : value);
}

/** The bytes that the list is, where it is nothing else. */
export const bytesOf = ({ values, from, length, table }: NumbersState): Uint8Array | undefined =>
  (values instanceof Uint8Array && !table ? values.subarray(from, from + length) : undefined);

/** Before it is written: a place for each number. */
export function thaw(machine: Machine, list: ListValue): void {
  const numbers = numbersOf(list);
  if (!numbers) return;
  machine.budget.expectCells(numbers.length);
  machine.journal.setList(list.state, { kind: "cells", cells: Array.from({ length: numbers.length }, (_, i) => machine.slot(numberAt(numbers, i))) });
}

/** How the list lies in constant data: numbers, or rows of as many numbers each. Undefined where it is something else. */
export function numbersLayout(machine: Machine, list: ListValue, label: string): Layout | undefined {
  const own = numbersOf(list);
  if (own) return { kind: "leaf", type: "f64", suffix: [], array: dataArray(machine, stretch(own), [own.length], label) };
  const rows = rowsOf(list);
  const [first] = rows ?? [];
  if (!rows || !first) return undefined;
  const array = dataArray(machine, inOne(rows, first.length), [rows.length, first.length], label);
  return { kind: "list", length: first.length, element: { kind: "leaf", type: "f64", suffix: [], array } };
}

function rowsOf(list: ListValue): NumbersState[] | undefined {
  const { content } = list.state;
  if (content.kind !== "cells") return undefined;
  const rows: NumbersState[] = [];
  for (const { content: value } of content.cells) {
    const numbers = value.kind === "list" ? numbersOf(value) : undefined;
    if (!numbers || numbers.length !== (rows[0] ?? numbers).length) return undefined;
    rows.push(numbers);
  }
  return rows;
}

function stretch({ values, from, length, table }: NumbersState): Numbers {
  if (!table) return length === values.length ? values : values.subarray(from, from + length);
  const numbers = new Float64Array(length);
  for (let i = 0; i < length; i++) numbers[i] = table[values[from + i] ?? 0] ?? NaN;
  return numbers;
}

/** Rows that follow one another in what they are windows on need not be copied. */
function inOne(rows: readonly NumbersState[], width: number): Numbers {
  const [first] = rows;
  if (first && rows.every(({ values, from, table }, k) => values === first.values && table === first.table && from === first.from + k * width)) {
    return stretch({ ...first, length: rows.length * width });
  }
  const all = rows.every((row) => bytesOf(row)) ? new Uint8Array(rows.length * width) : new Float64Array(rows.length * width);
  rows.forEach((row, k) => all.set(stretch(row), k * width));
  return all;
}
