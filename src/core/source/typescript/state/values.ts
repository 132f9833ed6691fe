import type { ArrayVariable, Expression, Local, Numbers, ScalarType } from "../../../ir/types";
import { typeOf } from "../../../ir/visit";
import type { Span } from "../../positions";
import type { FieldsSlot, ListSlot, ValueSlot } from "./journal";
import type { Machine } from "./machine";
import type { Scope } from "./scope";
import type { ClassNode, FunctionNode, Node } from "../syntax/syntax";

/** What an expression of the user's may be while we read it: known now, or known when the program runs. */
export type Value =
  | StaticValue | ScalarValue | ListValue | ObjectValue | RecordView | FunctionValue | NativeValue | CollectionValue | HoleValue | PoisonValue;

export type Primitive = number | string | boolean | bigint | null | undefined;

export interface StaticValue {
  readonly kind: "static";
  readonly value: Primitive;
  /** A number as the user typed it. */
  readonly text?: string;
  /** How a number came about from numbers that were typed. */
  readonly computedFrom?: Expression;
  readonly span?: Span;
}

/** A number or truth value that the generated program computes. */
export interface ScalarValue {
  readonly kind: "scalar";
  readonly expression: Expression;
  readonly type: ScalarType;
  /** On some path it was `undefined` or `null`, which computes as NaN. */
  readonly maybeMissing?: true;
}

export interface ListValue {
  readonly kind: "list";
  readonly state: ListSlot;
  /** Typed arrays coerce what is stored in them. */
  readonly typed?: string;
  readonly grow?: (length: number) => Error;
}

export type ListState =
  | NumbersState
  | { readonly kind: "cells"; readonly cells: readonly ValueSlot[] }
  | DenseState
  /** Its length is known, its elements not yet: the first store tells their layout. */
  | { readonly kind: "pending"; readonly length: number; readonly count?: Expression; readonly madeBy?: string };

/** Numbers known now that are too many for a place each: some of `values`, which nobody writes. */
export interface NumbersState {
  readonly kind: "numbers";
  readonly values: Numbers;
  readonly from: number;
  readonly length: number;
  /** Of bytes that a function was applied to: what it gave for each. */
  readonly table?: Float64Array;
}

/** Elements in IR arrays, `prefix` fixing the outer indices. `madeBy`: of what loops the number of elements comes, for `allElements`. */
export interface DenseState {
  readonly kind: "dense";
  readonly layout: ListLayout;
  readonly prefix: readonly Expression[];
  /** How many elements count, where that is not the layout's length: as many as there is room for. */
  readonly count?: Expression;
  readonly grows?: Growth;
  readonly madeBy?: string;
}

/** Of a list that is pushed to where control flow is kept. */
export interface Growth {
  readonly list: ListValue;
  /** Under which `Arguments` remembers how much room it takes. */
  readonly key: string;
  /** Counts the elements, where no expression over the loops' indices does; and how many there can be by now. */
  readonly counter?: { readonly local: Local; readonly atMost: number };
}

export type Layout = LeafLayout | ListLayout | RecordLayout | ConstantsLayout;

export interface LeafLayout {
  readonly kind: "leaf";
  readonly array: ArrayVariable;
  readonly type: "f64" | "bool";
  /** Constant indices after the outer ones: a field's column in an array of records. */
  readonly suffix: readonly number[];
  /** Of a window on a typed array: where it begins. */
  readonly offset?: Expression;
}

export interface ListLayout {
  readonly kind: "list";
  readonly length: number;
  readonly element: Layout;
  /** Of an argument whose length was guessed: asks for a longer one. */
  readonly grow?: (length: number) => Error;
}

export interface RecordLayout {
  readonly kind: "record";
  readonly fields: ReadonlyMap<string, Layout>;
  readonly of?: ObjectValue;
  readonly learn?: (name: string) => Error;
}

/** Elements that are no numbers, or not alike (strings, functions, ragged rows): readable at known indices only. */
export interface ConstantsLayout {
  readonly kind: "constants";
  readonly at: (indices: readonly number[]) => Value;
}

/** Of what loops the number of elements comes. */
export const madeByOf = (state: ListState): string | undefined => (state.kind === "dense" || state.kind === "pending" ? state.madeBy : undefined);

export type Fields = ReadonlyMap<string, ValueSlot>;

export interface ObjectValue {
  readonly kind: "object";
  readonly fields: FieldsSlot;
  /** Where methods and getters are looked up: the class's prototype. */
  readonly prototype?: ObjectValue;
  readonly accessors?: Map<string, FunctionValue>;
  /** Of an argument whose fields are being learnt: asks for one more. */
  readonly learn?: (name: string) => Error;
}

/** An object inside a dense list. */
export interface RecordView {
  readonly kind: "record";
  readonly layout: RecordLayout;
  readonly prefix: readonly Expression[];
}

export interface FunctionValue {
  readonly kind: "function";
  readonly name: string;
  readonly node: FunctionNode | ClassNode;
  readonly scope: Scope;
  /** Of arrows: the `this` where they were made. */
  readonly boundThis?: Value;
  readonly boundArgs?: readonly Value[];
  /** Statics, `prototype`, and whatever the user hangs on it. */
  readonly properties: FieldsSlot;
  readonly parent?: FunctionValue;
  readonly home?: ObjectValue;
}

export type NativeCall = (machine: Machine, args: readonly Value[], node: Node, self: Value | undefined) => Value;

/** Something of the language or of a library that we know by name. */
export interface NativeValue {
  readonly kind: "native";
  readonly name: string;
  readonly call?: NativeCall;
  /** The call with the elements of a list for arguments, where there is a better way than to write them out. */
  readonly over?: (machine: Machine, list: ListValue, node: Node) => Value | undefined;
  readonly construct?: NativeCall;
  readonly get?: (machine: Machine, name: string, node: Node) => Value | undefined;
}

export interface CollectionValue {
  readonly kind: "collection";
  readonly name: "Map" | "Set";
  /** By the names of their keys; of a Set, each holds 1. Nothing, where an entry is not there. */
  readonly fields: FieldsSlot;
  readonly keys: Map<string, Value>;
}

/** A parameter whose shape nobody stated: the first use tells. */
export interface HoleValue {
  readonly kind: "hole";
  readonly path: string;
}

/** Could not be joined from two paths, or failed when the module was read: says so only if it is used. */
export interface PoisonValue {
  readonly kind: "poison";
  readonly what: string;
  readonly fail: (node: Node) => never;
}

export const known = (value: Primitive, span?: Span, text?: string): StaticValue => ({
  kind: "static", value, ...(text === undefined ? {} : { text }), ...(span ? { span } : {}),
});
export const missing: StaticValue = { kind: "static", value: undefined };

export const scalar = (expression: Expression): ScalarValue => ({ kind: "scalar", expression, type: typeOf(expression) });

export function isNumberLike(value: Value): value is StaticValue | ScalarValue {
  return value.kind === "scalar" || (value.kind === "static" && typeof value.value !== "string" && typeof value.value !== "bigint");
}

/** What the value is, for a sentence. */
export function describe(value: Value): string {
  switch (value.kind) {
    case "static":
      if (value.value === undefined) return "nothing";
      if (value.value === null) return "null";
      return typeof value.value === "boolean" ? "a truth value" : `a ${typeof value.value}`;
    case "scalar": return value.type === "bool" ? "a truth value" : "a number";
    case "list": return "an array";
    case "object":
    case "record": return "an object";
    case "function":
    case "native": return "a function";
    case "collection": return `a ${value.name}`;
    case "hole": return "a parameter";
    case "poison": return value.what;
  }
}
