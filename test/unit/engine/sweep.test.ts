import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { compile, type CompileOptions, readProgram, type SweepLine } from "../../../src/core/index";

function sweepOf(text: string, name = "f", options: CompileOptions = {}): readonly SweepLine[] {
  return compile(readProgram({ text, language: "typescript" }), name, options).sweep?.() ?? [];
}
/** As a listing: line number from 1, depth as dots, the updates in plain mathematics. */
const listing = (lines: readonly SweepLine[]): string[] => lines.flatMap(({ line, source, depth, opens, updates }) => [
  `${"· ".repeat(depth)}${line + 1} ${source}${opens ? ` {${opens}}` : ""}`, ...updates.map((update) => `${"· ".repeat(depth)}  ${update.math()}`),
]);

describe("the reverse sweep of a program, told line by line", () => {
  it("goes through least squares from the end to the beginning, the loop told once", () => {
    expect(listing(sweepOf(`const xs = [1, 2, 3], ys = [2, 4, 5];
export function loss(w: number, b: number) {
  let total = 0;
  for (let i = 0; i < xs.length; i++) {
    const error = w * xs[i] + b - ys[i];
    total += error ** 2;
  }
  return total / xs.length;
}`, "loss"))).toEqual([
      "8 return total / xs.length;", "  dloss/dtotal += 1 / 3",
      "4 for (let i = 0; i < xs.length; i++) {loop}",
      "· 6 total += error ** 2;", "·   dloss/derror = 2 * error * (dloss/dtotal)",
      "· 5 const error = w * xs[i] + b - ys[i];", "·   dloss/db += dloss/derror", "·   dloss/dw += xs[i] * (dloss/derror)",
    ]);
  });

  it("says which element is meant where data tell, fields of records, and keeps a helper's names apart", () => {
    expect(listing(sweepOf(`const points = [{ x: 1, k: 0 }, { x: 2, k: 1 }, { x: 3, k: 0 }, { x: 4, k: 1 }];
const labels = [0, 1, 1, 0];
function dot(a: number[], b: number[]) { return a.reduce((s, v, i) => s + v * b[i], 0); }
export function loss(c: number[] = [1, 2]) {
  let s = 0;
  points.forEach(({ x }, i) => {
    const d = x - c[labels[i]];
    s += d * d;
  });
  const size = dot(c, c);
  return s + size;
}`, "loss"))).toEqual([
      "11 return s + size;", "  dloss/ds += 1", "  dloss/ds_2 += 1",
      "10 const size = dot(c, c); {call}", "· 3 return a.reduce((s, v, i) => s + v * b[i], 0);", "·   dloss/dc[i] += 2 * c[i] * (dloss/ds_2)",
      "6 points.forEach(({ x }, i) => {loop}",
      "· 8 s += d * d;", "·   dloss/dd = 2 * d * (dloss/ds)",
      "· 7 const d = x - c[labels[i]];", "·   dloss/dc[labels[i]] += -(dloss/dd)",
    ]);
  });

  it("shows of do … while what it asks, and no check of the index", () => {
    expect(listing(sweepOf(`const xs = [1, 2, 3, 4];
export function loss(w: number) {
  let s = 0, i = 0;
  do {
    s += (w * xs[i] - 1) ** 2;
    i++;
  } while (i < xs.length);
  return s;
}`, "loss"))).toEqual([
      "8 return s;", "  dloss/ds = 1", "4 do … while (i < xs.length); {loop}", "· 5 s += (w * xs[i] - 1) ** 2;", "·   dloss/dw += 2 * xs[i] * (dloss/ds) * (w * xs[i] - 1)",
    ]);
  });

  const network = sweepOf(`const X = [[0, 0], [0, 1], [1, 0], [1, 1]], Y = [0, 1, 1, 0];
export function loss(W1: number[][] = [[.1, .2], [.3, .4], [.5, .6]], b1: number[] = [0, 0, 0], W2: number[] = [.1, .2, .3], b2 = 0) {
  let total = 0;
  for (let n = 0; n < X.length; n++) {
    const h: number[] = [];
    for (let j = 0; j < b1.length; j++) {
      let z = b1[j];
      for (let k = 0; k < 2; k++) {
        z += W1[j][k] * X[n][k];
      }
      h.push(Math.tanh(z));
    }
    let out = b2;
    for (let j = 0; j < h.length; j++) {
      out += W2[j] * h[j];
    }
    total += (out - Y[n]) ** 2;
  }
  return total;
}`, "loss");
  it("goes back through a network, layer by layer", () => {
    expect(listing(network)).toEqual([
      "19 return total;", "  dloss/dtotal = 1",
      "4 for (let n = 0; n < X.length; n++) {loop}",
      "· 17 total += (out - Y[n]) ** 2;", "·   dloss/dout = 2 * (dloss/dtotal) * (out - Y[n])",
      "· 14 for (let j = 0; j < h.length; j++) {loop}",
      "· · 15 out += W2[j] * h[j];", "· ·   dloss/dh[j] += W2[j] * (dloss/dout)", "· ·   dloss/dW2[j] += h[j] * (dloss/dout)",
      "· 13 let out = b2;", "·   dloss/db2 += dloss/dout",
      "· 6 for (let j = 0; j < b1.length; j++) {loop}",
      "· · 11 h.push(Math.tanh(z));", "· ·   dloss/dz = (dloss/dh[j]) * (1 - tanh(z)^2)",
      "· · 8 for (let k = 0; k < 2; k++) {loop}",
      "· · · 9 z += W1[j][k] * X[n][k];", "· · ·   dloss/dW1[j][k] += X[n][k] * (dloss/dz)",
      "· · 7 let z = b1[j];", "· ·   dloss/db1[j] += dloss/dz",
    ]);
  });
  it("writes adjoints with bars on paper and as variables in code", () => {
    const line = network.find(({ source }) => source.startsWith("out +="));
    expect(line?.updates.map((update) => update.latex())).toEqual(["\\bar{h}_j \\mathrel{+}= W_{2,j} \\bar{\\mathrm{out}}", "\\bar{W}_{2,j} \\mathrel{+}= h_j \\bar{\\mathrm{out}}"]);
    expect(line?.updates.map((update) => update.typescript())).toEqual(["d_h[j] += W2[j] * d_out", "d_W2[j] += h[j] * d_out"]);
  });

  it("follows an Euler loop backwards in time", () => {
    expect(listing(sweepOf(`function f(k = 0.5, x0 = 1) {
  let x = x0, v = 0;
  for (let i = 0; i < 50; i++) {
    const a = -k * x;
    v = v + a * 0.1;
    x = x + v * 0.1;
  }
  return x * x;
}`))).toEqual([
      "8 return x * x;", "  df/dx += 2 * x", "3 for (let i = 0; i < 50; i++) {loop}",
      "· 6 x = x + v * 0.1;", "·   df/dv += 0.1 * (df/dx)",
      "· 5 v = v + a * 0.1;", "·   df/da = 0.1 * (df/dv)",
      "· 4 const a = -k * x;", "·   df/dx += -k * (df/da)", "·   df/dk += -x * (df/da)",
      "2 let x = x0, v = 0;", "  df/dx0 += df/dx",
    ]);
  });

  it("replaces an adjoint where a variable got a new value made of its old one, after all else has read it", () => {
    expect(listing(sweepOf(`function f(k = 0.5, x0 = 1) {
  let x = x0;
  for (let i = 0; i < 9; i++) x = x * (1 - k);
  return x;
}`)).slice(2)).toEqual([
      "3 for (let i = 0; i < 9; i++) {loop}", "· 3 x = x * (1 - k);", "·   df/dk += -x * (df/dx)", "·   df/dx = (df/dx) * (1 - k)",
      "2 let x = x0;", "  df/dx0 += df/dx",
    ]);
  });

  it("tells both arms of a branch, and a choice within an expression as one", () => {
    expect(listing(sweepOf(`function f(x = 2, y = 1) {
  let t;
  if (x > 1) {
    t = x * y;
  } else {
    t = y;
  }
  const s = t > 0 ? t : -t;
  return s + x;
}`))).toEqual([
      "9 return s + x;", "  df/ds += 1", "  df/dx += 1",
      "8 const s = t > 0 ? t : -t;", "  df/dt += t > 0 ? (df/ds) : -(df/ds)",
      "3 if (x > 1) {branch}",
      "· 4 t = x * y;", "·   df/dx += y * (df/dt)", "·   df/dy += x * (df/dt)",
      "· 6 t = y;", "·   df/dy += df/dt",
    ]);
  });

  it("tells logistic regression without the conventions that running needs", () => {
    const lines = sweepOf(`const data = [{ x: 1, y: 1 }, { x: 2, y: 0 }];
export function f(w = 0.1, b = 0.3) {
  let sum = 0;
  for (const { x, y } of data) {
    const p = 1 / (1 + Math.exp(-(w * x + b)));
    sum -= y * Math.log(p) + (1 - y) * Math.log(1 - p);
  }
  return sum / data.length;
}`);
    const update = lines.find(({ source }) => source.startsWith("sum -="))?.updates[0]?.math() ?? "";
    expect(update).toMatch(/^df\/dp = /);
    expect(update).not.toContain("?");
  });

  it("calls the counters of loops within loops by different letters", () => {
    const lines = sweepOf(`const X = [[1, 2], [3, 4]];
export function f(params = { w: [0.1, 0.2], b: 0 }) {
  let t = 0;
  X.forEach((row) => {
    const p = row.reduce((s, v, j) => s + v * params.w[j], params.b);
    t += p ** 2;
  });
  return t;
}`);
    expect(listing(lines).slice(2)).toEqual([
      "4 X.forEach((row) => {loop}", "· 6 t += p ** 2;", "·   df/dp = 2 * p * (df/dt)",
      "· 5 const p = row.reduce((s, v, j) => s + v * params.w[j], params.b);", "·   df/dw[j] += X[i][j] * (df/dp)", "·   df/db += df/dp",
    ]);
  });

  it("goes into a helper each time it is called, and tells its lines in the names of its caller", () => {
    const text = `function slope(y: number, k: number) { return -k * y; }
export function f(k = 0.3) {
  let y = 1;
  for (let i = 0; i < 20; i++) {
    const k1 = slope(y, k);
    const k2 = slope(y + 0.5 * k1, k);
    y += 0.5 * (k1 + k2);
  }
  return y;
}`;
    expect(listing(sweepOf(text)).slice(3)).toEqual([
      "· 7 y += 0.5 * (k1 + k2);", "·   df/dk1 = 0.5 * (df/dy)", "·   df/dk2 = 0.5 * (df/dy)",
      "· 6 const k2 = slope(y + 0.5 * k1, k); {call}", "· · 1 return -k * y;",
      "· ·   df/dk += -(df/dk2) * (y + 0.5 * k1)", "· ·   df/dy += -k * (df/dk2)", "· ·   df/dk1 += -0.5 * k * (df/dk2)",
      "· 5 const k1 = slope(y, k); {call}", "· · 1 return -k * y;",
      "· ·   df/dk += -y * (df/dk1)", "· ·   df/dy += -k * (df/dk1)",
    ]);
  });

  it("goes into helpers of helpers, and tells their variables apart", () => {
    expect(listing(sweepOf(`function square(u: number) { return u * u; }
function dist(p: number, q: number) {
  const d = p - q;
  return Math.sqrt(square(d) + 1);
}
function f(a = 1, b = 2) {
  const s = dist(a, b);
  const t = dist(b, s * a);
  return s + 2 * t;
}`))).toEqual([
      "9 return s + 2 * t;", "  df/ds += 1", "  df/dt += 2",
      "8 const t = dist(b, s * a); {call}",
      "· 4 return Math.sqrt(square(d) + 1); {call}", "· · 1 return u * u;", "· ·   df/dd += d * (df/dt) / t",
      "· 3 const d = p - q;", "·   df/db += df/dd", "·   df/dq += -(df/dd)",
      "8 const t = dist(b, s * a);", "  df/ds += a * (df/dq)", "  df/da += s * (df/dq)",
      "7 const s = dist(a, b); {call}",
      "· 4 return Math.sqrt(square(d) + 1); {call}", "· · 1 return u * u;", "· ·   df/dd_2 += d_2 * (df/ds) / s",
      "· 3 const d = p - q;", "·   df/da += df/dd_2", "·   df/db += -(df/dd_2)",
    ]);
  });

  it("tells at once what a line gives at once", () => {
    const [line] = sweepOf("function f(x = 2, y = 1) {\n  for (let i = 0; i < 3; i++) {\n    [x, y] = [y, x * y];\n  }\n  return x * y;\n}").slice(2);
    expect(line?.updates.map((update) => update.typescript())).toEqual(["[d_x, d_y] = [y * d_y, d_x + x * d_y]"]);
    expect(line?.updates.map((update) => update.python())).toEqual(["d_x, d_y = y * d_y, d_x + x * d_y"]);
    expect(line?.updates.map((update) => update.math())).toEqual(["(df/dx, df/dy) = (y * (df/dy), (df/dx) + x * (df/dy))"]);
    expect(line?.updates.map((update) => update.latex())).toEqual(["(\\bar{x},\\; \\bar{y}) = (y \\bar{y},\\; \\bar{x} + x \\bar{y})"]);
  });

  it("replaces the adjoint of an element that is overwritten", () => {
    const lines = sweepOf("function f(x: number[] = [1, 2, 3]) {\n  const y = x.slice();\n  for (let i = 1; i < 3; i++) {\n    y[i] = y[i] * y[i - 1];\n  }\n  return y[2];\n}");
    expect(listing(lines).slice(3, 6)).toEqual(["· 4 y[i] = y[i] * y[i - 1];", "·   df/dy[i - 1] += y[i] * (df/dy[i])", "·   df/dy[i] = y[i - 1] * (df/dy[i])"]);
  });

  it("goes into the cases of a switch and past an early end of a turn", () => {
    expect(listing(sweepOf("function f(x = 3, mode = 1) {\n  switch (mode) {\n    case 1: return x * x;\n    default: return 3 * x;\n  }\n}"))).toEqual([
      "3 return x * x;", "  df/dx += 2 * x", "4 return 3 * x;", "  df/dx += 3",
    ]);
    expect(listing(sweepOf("function f(x = 3) {\n  let s = 0;\n  for (let i = 0; i < 9; i++) {\n    if (i > x) continue;\n    s += x * i;\n  }\n  return s;\n}")).slice(2)).toEqual([
      "3 for (let i = 0; i < 9; i++) {loop}", "· 4 if (i > x) … else {branch}", "· · 5 s += x * i;", "· ·   df/dx += i * (df/ds)",
    ]);
  });

  it("is for programs only", () => {
    expect(compile(readProgram({ text: "x^2", language: "math" })).sweep?.()).toBeUndefined();
  });
});

describe("what is told is the derivative", () => {
  // The updates of a program without loops, put after the program, are a program for its gradient.
  it.each([
    "const a = x * y; const b = Math.sin(a) / (y + a); return b * x - a ** 3;",
    "const a = Math.exp(-x * x); const b = a > y ? a * y : a + y * y; return Math.sqrt(b) + Math.hypot(a, x);",
    "const a = Math.max(x, y) + Math.atan2(y, x); const b = a / (1 + a * a); return Math.log(1 + b * b) * x ** 1.5;",
    "const a = x - y; const b = a * a; const c = b * a + b; return (a + b + c) / (1 + Math.exp(-c));",
  ])("of %s", (body) => {
    const at = [1.3, 0.7];
    const text = `function f(x: number, y: number) { ${body} }`;
    const objective = compile(readProgram({ text, language: "typescript" }), "f", { start: at });
    const updates = (objective.sweep?.() ?? []).flatMap((line) => line.updates.map((update) => `${update.typescript()};`));
    const forward = body.slice(0, body.indexOf("return"));
    [0, 1].forEach((coordinate) => {
      const told = `function g(x: number, y: number) { ${forward} let d_a = 0, d_b = 0, d_c = 0, d_x = 0, d_y = 0; ${updates.join(" ")} return d_${"xy"[coordinate] ?? ""}; }`;
      const again = compile(readProgram({ text: told, language: "typescript" }), "g", { start: at });
      expect(again.value(Float64Array.from(at))).toBeCloseTo(objective.gradient(Float64Array.from(at))[coordinate] ?? NaN, 12);
    });
  });
});

interface Program { id: string; ts: string; args: unknown[]; wrt: number[] }
const { programs } = JSON.parse(readFileSync(join(__dirname, "../../fixtures/typescript/oracles.json"), "utf8")) as { programs: Program[] };

describe("any program", () => {
  it.each(programs.map((program) => [program.id, program] as const))("%s is told along its own lines, and reaches every unknown that matters", (_id, { ts, args, wrt }) => {
    const program = readProgram({ text: ts, language: "typescript" });
    const info = program.functions.find(({ name }) => name === "f") ?? program.functions.at(-1);
    const parameters = info?.parameters ?? [];
    const variables = wrt.map((k) => parameters[k]?.name ?? "");
    const objective = compile(program, info?.name, { start: args, variables });
    const lines = objective.sweep?.() ?? [];
    const rows = ts.split("\n");
    for (const { line, source } of lines) expect(rows[line]?.replace(/\s+/g, " ")).toContain(source.split(" ")[0]);
    const slopes = objective.gradient(objective.start);
    const all = listing(lines).join("\n");
    for (const [i, path] of objective.coordinates.entries()) {
      const letter = path.replace(/\[[^\]]*\]/g, "").replace(/^.*\./, "");
      if (slopes[i]) expect(all, path).toMatch(new RegExp(`/d${letter}[ \\[]`));
    }
    for (const { updates } of lines) for (const update of updates) for (const text of [update.latex(), update.math(), update.python()]) expect(text).not.toMatch(/undefined|\?\?|⟦/);
  });
});
