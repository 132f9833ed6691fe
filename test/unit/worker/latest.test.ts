import { expect, it } from "vitest";
import { Latest } from "../../../src/worker/latest";

it("keeps the newest, as many as there is room for", () => {
  const latest = new Latest<string>(2);
  for (const id of [1, 2, 1, 3]) latest.keep(id, `${id}`);
  expect([1, 2, 3].map((id) => latest.get(id))).toEqual(["1", undefined, "3"]);
});

it("keeps fewer where they are heavy, and the newest however heavy it is", () => {
  const latest = new Latest<number>(4, (weight) => weight);
  [0.3, 0.3, 0.3].forEach((weight, id) => latest.keep(id, weight));
  latest.keep(3, 0.5);
  expect([0, 1, 2, 3].map((id) => latest.get(id))).toEqual([undefined, undefined, 0.3, 0.5]);
  latest.keep(4, 7);
  expect([2, 3, 4].map((id) => latest.get(id))).toEqual([undefined, undefined, 7]);
});
