import { describe, expect, it } from "vitest";
import { rules } from "../../src/core/rules/ruleOf";
import { isNamedRule, ruleName, simplificationName } from "../../webview/ruleNames";

describe("the rules of differentiation", () => {
  it("all have a name before people", () => {
    expect(rules.map((rule) => rule.ruleName).filter((name) => !isNamedRule(name))).toEqual([]);
  });

  it("are named together, the chain rule first", () => {
    expect(ruleName("sine, chain")).toBe("Chain rule · Sine");
    expect(ruleName("product")).toBe("Product rule");
  });

  it("go by the engine's word where there is no other", () => {
    expect(ruleName("something new")).toBe("Something new");
    expect(simplificationName("something new")).toBe("something new");
  });
});
