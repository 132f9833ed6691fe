import { grids } from "./engine/grids";
import { losses } from "./engine/losses";
import { reading } from "./engine/reading";
import { scaling } from "./engine/scaling";
import { secondOrder } from "./engine/secondOrder";
import { smallFunctions } from "./engine/smallFunctions";
import type { Table } from "./run";

/**
 * How fast the engine reads, and how fast what it generates runs, beside what a person would write by hand. Every row is a
 * ratio of sides measured in turn in this very run; absolute times differ from machine to machine and from hour to hour.
 */
export async function run(): Promise<Table[]> {
  // Reading first: once everything is warm there is no first time.
  return [reading, smallFunctions, losses, scaling, secondOrder, grids].map((part) => part());
}
