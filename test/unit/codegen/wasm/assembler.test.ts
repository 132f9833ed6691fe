import { describe, expect, it } from "vitest";
import { ByteWriter } from "../../../../src/core/codegen/wasm/assembler/byteWriter";
import type { FunctionBuilder } from "../../../../src/core/codegen/wasm/assembler/functionBuilder";
import { ModuleBuilder } from "../../../../src/core/codegen/wasm/assembler/moduleBuilder";
import { opcodes, type PlainOpcode } from "../../../../src/core/codegen/wasm/assembler/opcodes";
import { functionType, type ValueType } from "../../../../src/core/codegen/wasm/assembler/valueTypes";

type Exported = (...args: (number | bigint)[]) => number | bigint;

function exportsOf(module: ModuleBuilder, imports: WebAssembly.Imports = {}): WebAssembly.Exports {
  return new WebAssembly.Instance(new WebAssembly.Module(module.assemble()), imports).exports;
}

function functionOf(parameters: readonly ValueType[], result: ValueType, body: (f: FunctionBuilder) => void): Exported {
  const module = new ModuleBuilder();
  module.ownMemory(4096, "memory");
  body(module.function(functionType(parameters, result), "run"));
  return exportsOf(module)["run"] as Exported;
}

describe("numbers in the binary format", () => {
  it.each([[0n, [0]], [63n, [63]], [64n, [0xc0, 0]], [-1n, [0x7f]], [-64n, [0x40]], [-65n, [0xbf, 0x7f]], [624485n, [0xe5, 0x8e, 0x26]]] as const)(
    "signed %s", (value, bytes) => { expect([...new ByteWriter().signed(value).toBytes()]).toEqual(bytes); },
  );
  it.each([[0, [0]], [127, [127]], [128, [0x80, 1]], [624485, [0xe5, 0x8e, 0x26]], [4294967295, [0xff, 0xff, 0xff, 0xff, 0x0f]]] as const)(
    "unsigned %s", (value, bytes) => { expect([...new ByteWriter().unsigned(value).toBytes()]).toEqual(bytes); },
  );
  it("constants come back as they went in", () => {
    for (const value of [0, 1, -1, 64, -64, 2 ** 31 - 1, -(2 ** 31)]) expect(functionOf([], "i32", (f) => f.i32(value))()).toBe(value);
    for (const value of [0, -0, 1.5, Infinity, NaN, 5e-324]) expect(functionOf([], "f64", (f) => f.f64(value))()).toBe(value);
    for (const value of [0n, -1n, 2n ** 62n, -(2n ** 63n)]) expect(functionOf([], "i64", (f) => f.i64(value))()).toBe(value);
  });
});

describe("control", () => {
  it("goes round a loop and leaves by the block around it", () => {
    const factorial = functionOf(["i32"], "f64", (f) => {
      const [n] = f.parameters;
      const product = f.local("f64");
      if (!n) throw new Error("A parameter is missing.");
      f.f64(1).set(product);
      f.block((end) => f.loop((again) => {
        f.get(n).op("i32.eqz").branchIf(end);
        f.get(product).get(n).op("f64.convert_i32_s").op("f64.mul").set(product);
        f.get(n).i32(1).op("i32.sub").set(n).branch(again);
      }));
      f.get(product);
    });
    expect([0, 1, 5, 10].map((n) => factorial(n))).toEqual([1, 1, 120, 3628800]);
  });

  it("takes one of two ways, and leaves a branch early", () => {
    const sign = functionOf(["i32"], "i32", (f) => {
      const [n] = f.parameters;
      if (!n) throw new Error("A parameter is missing.");
      f.get(n).i32(0).op("i32.lt_s").if(() => f.i32(-1), () => {
        f.block((end) => { f.i32(0).get(n).op("i32.eqz").branchIf(end).op("drop").i32(1); }, "i32");
      }, "i32");
    });
    expect([-7, 0, 7].map((n) => sign(n))).toEqual([-1, 0, 1]);
  });
});

describe("modules", () => {
  it("call what is imported, and functions that come later", () => {
    const module = new ModuleBuilder();
    const outer = module.function(functionType(["f64"], "f64"), "outer");
    const inner = module.function(functionType(["f64"], "f64"));
    const exp = module.import("Math", "exp", functionType(["f64"], "f64"));
    for (const f of [outer, inner]) f.parameters.forEach((x) => f.get(x));
    outer.call(inner).call(exp);
    inner.f64(2).op("f64.mul");
    expect((exportsOf(module, { Math: { exp: Math.exp } })["outer"] as Exported)(0.5)).toBe(Math.exp(1));
  });

  it("share a memory with the host, and write what stands in it from the start", () => {
    const module = new ModuleBuilder();
    module.importMemory(100, "host", "memory");
    module.initialise(16, new Uint8Array(Float64Array.of(1.25, -3).buffer));
    const f = module.function(functionType([], "f64"), "sum");
    f.i32(16).memory("f64.load").i32(0).memory("f64.load", 24).op("f64.add");
    const memory = new WebAssembly.Memory({ initial: 1 });
    const sum = exportsOf(module, { host: { memory } })["sum"] as Exported;
    expect(sum()).toBe(-1.75);
    new Float64Array(memory.buffer)[2] = 10;
    expect(sum()).toBe(7);
  });

  it("cannot call a function of another module", () => {
    const module = new ModuleBuilder();
    module.function(functionType([])).call(new ModuleBuilder().function(functionType([])));
    expect(() => module.assemble()).toThrow("another module");
  });
});

describe("vectors", () => {
  it("load, compute, choose lanes and store", () => {
    const module = new ModuleBuilder();
    module.ownMemory(64, "memory");
    const f = module.function(functionType([]), "run");
    f.i32(32).i32(0).memory("v128.load").i32(0).memory("v128.load64_splat", 16).op("f64x2.mul").f64x2(0.5, -1).op("f64x2.add").memory("v128.store");
    f.i32(48).i32(0).memory("v128.load", 32).i32(0).memory("v128.load").shuffleLanes(1, 2).memory("v128.store");
    const { memory, run } = exportsOf(module) as unknown as { memory: WebAssembly.Memory; run: () => void };
    const numbers = new Float64Array(memory.buffer);
    numbers.set([3, 5, 2]);
    run();
    expect([...numbers.subarray(4, 8)]).toEqual([6.5, 9, 9, 3]);
  });

  it("move single lanes", () => {
    const lanes = functionOf(["f64", "f64"], "f64", (f) => {
      const [a, b] = f.parameters;
      if (!a || !b) throw new Error("A parameter is missing.");
      const pair = f.local("v128");
      f.get(a).op("f64x2.splat").get(b).lane("f64x2.replace_lane", 1).set(pair);
      f.i32(8).get(pair).laneMemory("v128.store64_lane", 1, 8);
      f.i32(16).memory("f64.load").get(pair).lane("f64x2.extract_lane", 0).op("f64.sub");
    });
    expect(lanes(2, 7)).toBe(5);
  });
});

/** What each instruction takes and gives, as its name says; a wrong number in the table does not pass the engine's validation. */
function signature(name: string): { takes: ValueType[]; gives: ValueType | undefined } {
  const [type, operation = ""] = name.split(".") as [string, string | undefined];
  const own = (/^(i32|i64|f64)$/.test(type) ? type : "v128") as ValueType;
  const isComparison = /^(eq|ne|lt|gt|le|ge)(_|$)/.test(operation);
  const from = /_(i32|i64|f64|f32)(?:_|$)/.exec(operation)?.[1];
  if (own === "v128") {
    if (operation === "splat") return { takes: [type.startsWith("f64") ? "f64" : type.startsWith("i64") ? "i64" : "i32"], gives: "v128" };
    if (/true|bitmask/.test(operation)) return { takes: ["v128"], gives: "i32" };
    if (/^sh[lr]/.test(operation)) return { takes: ["v128", "i32"], gives: "v128" };
    if (operation === "bitselect") return { takes: ["v128", "v128", "v128"], gives: "v128" };
    const isUnary = /^(not|abs|neg|sqrt|ceil|floor|trunc|nearest|extend|convert|demote|promote)/.test(operation);
    return { takes: isUnary ? ["v128"] : ["v128", "v128"], gives: "v128" };
  }
  if (from && !isComparison) return { takes: [from as ValueType], gives: own };
  if (operation === "eqz") return { takes: [own], gives: "i32" };
  if (isComparison) return { takes: [own, own], gives: "i32" };
  return { takes: /^(abs|neg|sqrt|ceil|floor|trunc|nearest)$/.test(operation) ? [own] : [own, own], gives: own };
}

describe("every instruction", () => {
  const names = (Object.keys(opcodes.plain) as PlainOpcode[]).filter((name) => name.includes(".") && !name.startsWith("memory.") && !name.includes("f32."));
  it.each(names.filter((name) => !name.endsWith("_f32")))("%s takes and gives what its name says", (name) => {
    const { takes, gives } = signature(name);
    const module = new ModuleBuilder();
    const f = module.function(functionType(takes, ...(gives ? [gives] : [])));
    for (const parameter of f.parameters) f.get(parameter);
    f.op(name);
    expect(WebAssembly.validate(module.assemble())).toBe(true);
  });

  it("rounds to single precision and back", () => {
    const fround = functionOf(["f64"], "f64", (f) => {
      for (const x of f.parameters) f.get(x);
      f.op("f32.demote_f64").op("f64.promote_f32");
    });
    expect(fround(0.1)).toBe(Math.fround(0.1));
  });
});
