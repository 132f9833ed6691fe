import { accumulate, assign, call, float, int, load, loop, Names, read, store } from "../../../src/core/ir/build";
import type { ArrayVariable, Expression, IrFunction, PrimitiveName, Statement } from "../../../src/core/ir/types";
import type { Random } from "../support/random";

/**
 * A loss over rows of data: one or two layers of units, each a sum over inputs and a function of it, then a sum over the last units.
 * Of random sizes, with weights by unit and input or by input and unit, sums that begin with a bias or not, and rows in the outer loop.
 */
export function randomLayers(random: Random): IrFunction {
  const names = new Names();
  const rows = random.integer(1, 13);
  const parameters: ArrayVariable[] = [];
  let dimension = 0;
  const parameter = (shape: readonly number[], hint: string): ArrayVariable => {
    const array = names.array("f64", shape, { kind: "parameter", offset: dimension }, hint);
    dimension += shape.reduce((a, b) => a * b, 1);
    parameters.push(array);
    return array;
  };
  const inputs = random.integer(1, 7);
  const values = Float64Array.from({ length: rows * inputs }, () => random.between(-1, 1));
  const X = names.array("f64", [rows, inputs], { kind: "data", values }, "X");
  const n = names.local("i32", "n");
  const total = names.local("f64", "total");
  const scratch: ArrayVariable[] = [];

  const layer = (width: number, below: (i: Expression) => Expression): { units: ArrayVariable; statements: Statement[] } => {
    const units = random.integer(1, 6);
    const isByUnit = random.next() < 0.7;
    const [W, b] = [parameter(isByUnit ? [units, width] : [width, units], "W"), parameter([units], "b")];
    const h = names.array("f64", [units], { kind: "scratch" }, "h");
    scratch.push(h);
    const [j, i] = [names.local("i32", "j"), names.local("i32", "i")];
    const [s, z] = [names.local("f64", "s"), names.local("f64", "z")];
    const weight = load(W, isByUnit ? [read(j), read(i)] : [read(i), read(j)]);
    const activation = random.pick<PrimitiveName>(["sigmoid", "tanh", "sin", "abs"]);
    return {
      units: h,
      statements: [loop(j, int(0), int(units), [
        assign(s, random.next() < 0.5 ? load(b, [read(j)]) : call("sin", [load(b, [read(j)])])),
        loop(i, int(0), int(width), [accumulate(s, call("multiply", [weight, below(read(i))]))]),
        assign(z, call(activation, [read(s)])),
        store(h, [read(j)], read(z)),
      ])],
    };
  };

  const first = layer(inputs, (i) => load(X, [read(n), i]));
  const second = random.next() < 0.5 ? layer(first.units.shape[0] ?? 1, (i) => load(first.units, [i])) : undefined;
  const last = second?.units ?? first.units;
  const k = names.local("i32", "k");
  const out = names.local("f64", "out");
  const body = [
    assign(total, float(0)),
    loop(n, int(0), int(rows), [
      ...first.statements, ...(second?.statements ?? []),
      assign(out, float(0)),
      loop(k, int(0), int(last.shape[0] ?? 1), [accumulate(out, call("multiply", [load(last, [read(k)]), call("add", [load(last, [read(k)]), float(0.3)])]))]),
      accumulate(total, random.next() < 0.5 ? read(out) : call("log", [call("add", [float(1.5), call("abs", [read(out)])])])),
    ]),
  ];
  return { name: "layers", dimension, scalars: [], arrays: [...parameters, X, ...scratch], body, result: call("divide", [read(total), float(rows)]) };
}
