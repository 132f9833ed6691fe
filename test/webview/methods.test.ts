import { describe, expect, it } from "vitest";
import { methodOf as engineMethodOf, methods as engineMethods } from "../../src/core/optimize/methods";
import { initialParameters, methodOf, methods, parametersFor } from "../../webview/methods";

/** What makes another method of it, or what only one value of makes sense with it. */
const fixed: Record<string, readonly string[]> = { gd: ["momentum", "dampening"], nesterov: ["dampening"] };

describe("the methods of the panel", () => {
  it("are all that the engine has, in its order", () => {
    expect(methods.map(({ id }) => id)).toEqual(engineMethods.map(({ id }) => id));
  });

  it.each(methods)("$id: has every number the engine lets one set, at the engine's defaults", ({ id, parameters, group, lineSearch }) => {
    const engine = engineMethodOf(id);
    expect(group).toBe(engine.kind);
    expect(lineSearch).toBe(engine.lineSearch);
    for (const { name, initial } of parameters) expect([name, initial]).toEqual([name, Number(engine.defaults[name])]);
    const numbers = Object.entries(engine.defaults).filter(([, value]) => typeof value === "number").map(([name]) => name);
    const offered = parameters.map(({ name }) => name);
    expect(numbers.filter((name) => !offered.includes(name))).toEqual(fixed[id] ?? []);
  });

  it.each(methods)("$id: begins with its settings, and with each at either end of its slider", ({ id, parameters }) => {
    const begin = (settings: Record<string, number>) => () => engineMethodOf(id).begin(2, settings, 0.1);
    expect(begin(initialParameters(id))).not.toThrow();
    for (const { name, low, high } of parameters) {
      expect(begin({ ...initialParameters(id), [name]: low })).not.toThrow();
      expect(begin({ ...initialParameters(id), [name]: high })).not.toThrow();
    }
  });

  it("gradient descent with a line search has the engine's settings for it", () => {
    const { parameters, group } = methodOf("gd", "armijo");
    const engine = engineMethodOf("gd", "armijo");
    expect(group).toBe(engine.kind);
    expect(initialParameters("gd", "armijo")).toEqual(engine.defaults);
    expect(parameters.map(({ name }) => name)).toEqual(Object.keys(engine.defaults));
  });

  it("keep what the person changed when another method has it too, and have their own usual values otherwise", () => {
    expect(parametersFor("adamw", { method: "adam", parameters: { beta1: 0.5, beta2: 0.999, epsilon: 1e-3, weightDecay: 0 } }))
      .toEqual({ beta1: 0.5, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.01 });
    expect(parametersFor("gd", { method: "newton", parameters: { c1: 0.1, c2: 0.9 } })).toEqual({ weightDecay: 0 });
    expect(parametersFor("newton", { method: "gd", lineSearch: "armijo", parameters: { c1: 1e-4, c2: 0.1 } })).toEqual({ c1: 1e-4, c2: 0.9 });
  });
});
