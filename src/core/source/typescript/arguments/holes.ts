import type { Machine } from "../state/machine";
import { Relearn } from "../state/signals";
import type { HoleValue, ListValue, ObjectValue, ScalarValue, StaticValue } from "../state/values";

/** The first use of an argument tells its shape; the function is then read again with it. */
export function wantNumber(machine: Machine, hole: HoleValue): StaticValue | ScalarValue {
  machine.arguments?.learned.learn(hole.path, { kind: "number" });
  throw new Relearn(`${hole.path} is a number`);
}

export function wantList(machine: Machine, hole: HoleValue, length: number): ListValue {
  machine.arguments?.learned.learn(hole.path, { kind: "list", atLeast: length });
  throw new Relearn(`${hole.path} is an array`);
}

export function wantField(machine: Machine, hole: HoleValue, field: string | undefined): ObjectValue {
  machine.arguments?.learned.learn(hole.path, { kind: "object", ...(field === undefined ? {} : { field }) });
  throw new Relearn(`${hole.path} is an object`);
}
