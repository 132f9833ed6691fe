import { describe, expect, it } from "vitest";
import { accumulate, assign, branch, call, float, int, load, loop, Names, read, store } from "../../../src/core/ir/build";
import type { Block, Expression } from "../../../src/core/ir/types";
import { isFoundAgain } from "../../../src/core/loops/foundAgain";

const names = new Names();
const [c, j, back] = [names.local("i32", "c"), names.local("i32", "j"), names.local("i32", "back")];
const z = names.local("f64", "z");
const kept = names.array("f64", [4], { kind: "scratch" }, "kept");
const tape = names.array("f64", [3, 4], { kind: "scratch", uninitialised: true }, "tape");

const over = (count: number, index: typeof c, body: Block): Block[number] => loop(index, int(0), int(count), body);
const downFrom = (count: number, index: typeof c, body: Block): Block[number] => loop(index, int(count - 1), int(-1), body, { step: -1 });
const save = (indices: readonly Expression[] = [read(c), read(j)]): Block[number] => store(tape, indices, load(kept, [read(j)]));
const change = store(kept, [read(j)], call("toFloat", [read(c)]));
const putBack = (at: Expression = read(c)): Block[number] => store(kept, [read(j)], load(tape, [at, read(j)]));

describe("an array that a turn leaves as it found it", () => {
  it.each<[string, boolean, Block]>([
    ["is not looked at", true, [assign(z, float(1))]],
    ["is made anew", true, [over(4, j, [store(kept, [read(j)], float(2))]), assign(z, load(kept, [int(1)]))]],
    ["is made anew in each turn of the one loop that touches it", true, [over(3, c, [over(4, j, [store(kept, [read(j)], float(2))]), accumulate(z, load(kept, [int(1)]))])]],
    ["is made anew in a loop, and looked at behind it", false, [over(3, c, [over(4, j, [store(kept, [read(j)], read(z))])]), assign(z, load(kept, [int(1)]))]],
    ["is set to 0 again in each turn of a loop", true, [over(3, c, [accumulate(kept, read(z), [int(2)]), over(4, j, [store(kept, [read(j)], float(0))])])]],
    ["is saved and put back on the way back", true, [over(3, c, [over(4, j, [save(), change])]), downFrom(3, c, [downFrom(4, j, [putBack()])])]],
    ["is put back column by column in any order", true, [over(3, c, [over(4, j, [save(), change])]), downFrom(3, c, [over(4, j, [putBack()])])]],
    ["is put back in a loop with another index", true, [over(3, c, [over(4, j, [save(), change])]), downFrom(3, back, [over(4, j, [putBack(read(back))])])]],
    ["is put back in the order in which it was saved", false, [over(3, c, [over(4, j, [save(), change])]), over(3, c, [over(4, j, [putBack()])])]],
    ["is put back only in part", false, [over(3, c, [over(4, j, [save(), change])]), downFrom(3, c, [over(3, j, [putBack()])])]],
    ["is put back but for the first", false, [over(3, c, [over(4, j, [save(), change])]), loop(c, int(2), int(0), [over(4, j, [putBack()])], { step: -1 })]],
    ["is put back from the same place each time", false, [over(3, c, [over(4, j, [save([int(0), read(j)]), change])]), downFrom(3, c, [over(4, j, [putBack(int(0))])])]],
    ["is saved after it has been changed", false, [over(3, c, [over(4, j, [change, save()])]), downFrom(3, c, [over(4, j, [putBack()])])]],
    ["is put back before it is changed", false, [downFrom(3, c, [over(4, j, [putBack()])]), over(3, c, [over(4, j, [save(), change])])]],
    ["is changed once more", false, [over(3, c, [over(4, j, [save(), change])]), downFrom(3, c, [over(4, j, [putBack()])]), store(kept, [int(0)], read(z))]],
    ["is put back only sometimes", false, [over(3, c, [over(4, j, [save(), change])]), downFrom(3, c, [over(4, j, [branch(call("less", [read(z), float(0)]), [putBack()])])])]],
    ["is added to", false, [accumulate(kept, float(1), [int(0)])]],
  ])("%s: %s", (_name, expected, block) => {
    expect(isFoundAgain(block, kept)).toBe(expected);
  });
});
