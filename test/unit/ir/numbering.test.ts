import { describe, expect, it } from "vitest";
import { call, float, int, load, Names, read, select } from "../../../src/core/ir/build";
import { Numbering } from "../../../src/core/ir/numbering";
import { sameExpression } from "../../../src/core/ir/same";
import type { Expression } from "../../../src/core/ir/types";
import { Random } from "../support/random";

const names = new Names();
const [x, y] = [names.local("f64", "x"), names.local("f64", "y")];
const i = names.local("i32", "i");
const table = names.array("f64", [3], { kind: "scratch" }, "table");

function expression(random: Random, depth: number): Expression {
  const leaf = random.pick<() => Expression>([() => read(x), () => read(y), () => float(random.integer(0, 1)), () => float(-0), () => load(table, [read(i)]), () => load(table, [int(0)])]);
  if (depth === 0) return leaf();
  const inner = (): Expression => expression(random, depth - 1);
  return random.pick<() => Expression>([leaf, () => call("add", [inner(), inner()]), () => call("sin", [inner()]), () => select(call("less", [inner(), inner()]), inner(), inner())])();
}

describe("numbering of expressions", () => {
  it("gives two expressions one number exactly when they are the same", () => {
    const random = new Random(7);
    const numbering = new Numbering();
    const made = Array.from({ length: 120 }, () => expression(random, random.integer(0, 2)));
    let same = 0;
    for (const a of made) {
      for (const b of made) {
        expect(numbering.of(a) === numbering.of(b)).toBe(sameExpression(a, b));
        if (a !== b && sameExpression(a, b)) same++;
      }
    }
    expect(same).toBeGreaterThan(50);
  });

  it("tells variables of one name apart, and whole from real constants", () => {
    const numbering = new Numbering();
    const other = new Names().local("f64", "x");
    expect(numbering.of(read(x))).not.toBe(numbering.of(read(other)));
    expect(numbering.of(int(0))).not.toBe(numbering.of(float(0)));
  });
});
