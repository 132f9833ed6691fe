import { describe, expect, it } from "vitest";
import { accumulate, assign, branch, call, float, int, load, loop, Names, read, whileLoop } from "../../../src/core/ir/build";
import { interpret } from "../../../src/core/ir/interpret";
import { printIr } from "../../../src/core/ir/printIr";
import type { Block, Expression, IrFunction, Local, Statement } from "../../../src/core/ir/types";
import { verify } from "../../../src/core/ir/verify";
import { namesOf } from "../../../src/core/ir/namesOf";
import { countersInClosedForm } from "../../../src/core/simplify/counters";
import { simplify } from "../../../src/core/simplify/simplify";
import { Random } from "../support/random";

const names = new Names();
const w = names.array("f64", [60], { kind: "parameter", offset: 0 }, "w");
const [i, j, t, u] = [names.local("i32", "i"), names.local("i32", "j"), names.local("i32", "t"), names.local("i32", "u")];
const sum = names.local("f64", "sum");
const x = Float64Array.from({ length: 60 }, (_, k) => Math.cos(k));

const functionOf = (body: Block): IrFunction => ({ name: "f", dimension: 60, scalars: [], arrays: [w], body: [assign(sum, float(0)), ...body], result: read(sum) });
const plus = (a: Expression, b: Expression | number): Expression => call("addInt", [a, typeof b === "number" ? int(b) : b]);
const raise = (local: Local, by: number): Statement => assign(local, plus(read(local), by));
/** The element that a whole number chooses, whatever it is. */
const element = (at: Expression): Expression => load(w, [call("remainderInt", [call("addInt", [call("remainderInt", [at, int(60)]), int(60)]), int(60)])]);
/** What is read depends on the order, so that nothing is left unnoticed. */
const take = (at: Expression): Statement => assign(sum, call("add", [call("multiply", [read(sum), float(0.7)]), element(at)]));

function closed(body: Block): string {
  const fn = functionOf(body);
  const made = { ...fn, body: countersInClosedForm(fn.body, namesOf(fn)) };
  for (const each of [made, simplify(fn)]) {
    verify(each);
    expect(interpret(each, x).value).toBe(interpret(fn, x).value);
  }
  return printIr(simplify(fn));
}

describe("counters in closed form", () => {
  it("through loops in loops are a sum over the indices, and their checks go", () => {
    const checked = { kind: "select", condition: call("lessInt", [read(t), int(60)]), whenTrue: load(w, [read(t)]), whenFalse: float(NaN) } as const;
    const text = closed([assign(t, int(0)), loop(i, int(0), int(6), [loop(j, int(0), int(9), [accumulate(sum, checked), raise(t, 1)]), raise(t, 1)]), take(read(t))]);
    expect(text).toContain("t_1 = multiplyInt(i, 10)");
    expect(text).toContain("sum += w[");
    expect(text).not.toContain("NaN");
    expect(text).not.toMatch(/ t = /);
  });

  it.each<[string, Block]>([
    ["run backwards, by more than one", [assign(t, int(40)), loop(i, int(9), int(-1), [take(read(t)), raise(t, -4), take(read(t))], { step: -1 }), take(read(t))]],
    ["are raised over no turn at all", [assign(t, int(3)), loop(i, int(5), int(2), [take(read(t)), raise(t, 7)]), take(read(t))]],
    ["begin where a loop before them ended", [assign(t, int(0)), loop(i, int(0), int(5), [take(read(t)), raise(t, 2)]), loop(j, int(0), int(5), [take(read(t)), raise(t, 3)]), take(read(t))]],
    ["begin anew at each turn of an outer loop", [loop(i, int(0), int(4), [assign(t, plus(read(i), 2)), loop(j, int(0), int(3), [take(read(t)), raise(t, 5)]), take(read(t))])]],
    ["count the turns of a triangle", [assign(t, int(0)), loop(i, int(0), int(5), [loop(j, plus(read(i), 1), int(5), [take(read(t)), raise(t, 1)])]), take(read(t))]],
    ["go through a loop that has no turn for some", [assign(t, int(0)), loop(i, int(0), int(6), [loop(j, read(i), int(3), [take(read(t)), raise(t, 2)]), raise(t, 1)]), take(read(t))]],
    ["are raised alike whichever way is taken", [
      assign(t, int(0)), loop(i, int(0), int(6), [branch(call("lessInt", [read(i), int(3)]), [take(read(t)), raise(t, 2)], [raise(t, 1), take(read(t)), raise(t, 1)]), take(read(t))]), take(read(t)),
    ]],
    ["are taken over by another", [assign(t, int(0)), assign(u, int(7)), loop(i, int(0), int(6), [assign(u, read(t)), take(read(u)), raise(t, 3), take(read(u))]), take(plus(read(t), read(u)))]],
  ])("%s", (_label, body) => { closed(body); });

  it.each<[string, Block]>([
    ["raised where data say so", [assign(t, int(0)), loop(i, int(0), int(6), [branch(call("less", [load(w, [read(i)]), float(0)]), [raise(t, 1)]), take(read(t))]), take(read(t))]],
    ["raised by a while loop", [assign(t, int(0)), whileLoop(call("lessInt", [read(t), int(10)]), [take(read(t)), raise(t, 3)]), take(read(t))]],
    ["lost in between and found again", [
      assign(t, int(0)), assign(u, int(0)),
      loop(i, int(0), int(6), [
        assign(u, read(t)), whileLoop(call("lessInt", [read(t), int(4)]), [raise(t, 3)]), take(read(t)), assign(t, plus(read(u), 1)), take(read(t)),
      ]), take(read(t)),
    ]],
    ["doubled", [assign(t, int(1)), loop(i, int(0), int(5), [take(read(t)), assign(t, plus(read(t), read(t)))]), take(read(t))]],
  ])("and are what they are where they are %s", (_label, body) => { closed(body); });

  it("of random programs are what counting gives, 300 seeds", () => {
    let changed = 0;
    for (let seed = 1; seed <= 300; seed++) {
      const random = new Random(seed);
      const own = new Names();
      const counters = Array.from({ length: 3 }, () => own.local("i32", "c"));
      const block = (depth: number, indices: readonly Local[]): Statement[] => Array.from({ length: random.integer(1, 4) }, (): Statement => {
        const counter = random.pick(counters);
        const kind = random.next();
        if (depth > 0 && kind < 0.35) {
          const index = own.local("i32", "k");
          const from = random.next() < 0.3 && indices.length > 0 ? read(random.pick(indices)) : int(random.integer(-1, 2));
          return random.next() < 0.3
            ? loop(index, int(random.integer(0, 3)), int(-1), block(depth - 1, [...indices, index]), { step: -1 })
            : loop(index, from, int(random.integer(0, 4)), block(depth - 1, [...indices, index]));
        }
        if (depth > 0 && kind < 0.45) {
          const condition = call("lessInt", [read(random.pick([...indices, ...counters])), int(random.integer(0, 3))]);
          return branch(condition, block(depth - 1, indices), random.next() < 0.5 ? block(depth - 1, indices) : []);
        }
        if (kind < 0.7) return raise(counter, random.integer(-2, 3));
        if (kind < 0.8) return assign(counter, plus(read(random.pick([...indices, ...counters])), random.integer(0, 2)));
        return take(plus(read(counter), random.integer(0, 2)));
      });
      const fn = functionOf([...counters.map((each) => assign(each, int(0))), ...block(4, []), ...counters.map((each) => take(read(each)))]);
      const body = countersInClosedForm(fn.body, namesOf(fn));
      const made = { ...fn, body };
      verify(made);
      if (printIr(made) !== printIr(fn)) changed++;
      const expected = interpret(fn, x).value;
      for (const each of [made, simplify(fn)]) if (!Object.is(interpret(each, x).value, expected)) expect.fail(`seed ${seed}\n${printIr(fn)}\n----\n${printIr(each)}`);
    }
    expect(changed).toBeGreaterThan(150);
  });
});
