import { call } from "../ir/build";
import type { Expression } from "../ir/types";
import { arg, choose, equals, greaterThan, lessThan, num, over, plus } from "./express";
import { mathFunction, template } from "./notation";
import type { PartialDerivative, Rule } from "./rule";
import { unary } from "./unary";

/**
 * The slope of min and max: 1 for the winner. Arguments that vary share a tie evenly; against a constant a tie counts as
 * lost, so that max(x, 0) is flat at 0 as every relu is.
 */
function winnerTakesAll(wins: (a: Expression, b: Expression) => Expression): PartialDerivative {
  return (index, args, result, varies, common) => {
    const own = arg(args, index);
    const others = args.filter((_, j) => j !== index);
    const [other] = others;
    if (!other) return num(1);
    const otherVaries = varies[index === 0 ? 1 : 0] === true;
    if (others.length === 1) {
      if (!otherVaries) return choose(wins(own, other), num(1), num(0));
      // The first argument is asked first for either of them, so that their sum is one choice.
      const [first, second] = index === 0 ? [own, other] : [other, own];
      return choose(wins(first, second), num(1 - index), choose(wins(second, first), num(index), num(0.5)));
    }
    return choose(equals(own, result), common ?? shareOfWinners(args, result, varies), num(0));
  };
}

/** The slope of each that is equal to the result. */
function shareOfWinners(args: readonly Expression[], result: Expression, varies: readonly boolean[]): Expression {
  const rivals = args.filter((_, j) => varies[j] === true);
  const constants = args.filter((_, j) => varies[j] !== true);
  const tied = rivals.map((rival) => choose(equals(rival, result), num(1), num(0))).reduce(plus);
  return constants.reduce((slope, constant) => choose(equals(constant, result), num(0), slope), over(num(1), tied));
}

/** Of three or more; two are told apart by one comparison. */
const commonShare: Rule["common"] = (args, result, varies) => (args.length > 2 && varies.includes(true) ? shareOfWinners(args, result, varies) : undefined);

/** As a textbook prints it: of three or more, 1 for the one that is beyond all others; ties are left out. */
function beyondAllOthers(name: "max" | "min", wins: (a: Expression, b: Expression) => Expression): PartialDerivative {
  const shared = winnerTakesAll(wins);
  return (index, args, result, varies) => {
    const others = args.filter((_, j) => j !== index);
    return others.length < 2 ? shared(index, args, result, varies) : choose(wins(arg(args, index), call(name, others)), num(1), num(0));
  };
}

const spread = (name: string) => (args: readonly string[]): string => `Math.${name}(${args.join(", ")})`;

export const selection: readonly Rule[] = [
  unary("abs", "absolute value", Math.abs, (x) => `Math.abs(${x})`, { ...mathFunction("abs"), latex: template("\\left|$0\\right|") },
    (x) => call("sign", [x])),
  {
    name: "max", ruleName: "maximum", value: Math.max, javascript: spread("max"), partial: winnerTakesAll(greaterThan), common: commonShare, textbook: beyondAllOthers("max", greaterThan),
    names: { ...mathFunction("max"), python: { form: "function", name: "max" } },
  },
  {
    name: "min", ruleName: "minimum", value: Math.min, javascript: spread("min"), partial: winnerTakesAll(lessThan), common: commonShare, textbook: beyondAllOthers("min", lessThan),
    names: { ...mathFunction("min"), python: { form: "function", name: "min" } },
  },
  {
    name: "hypot", ruleName: "norm", value: Math.hypot, javascript: spread("hypot"),
    // At the origin every unit vector is a subgradient; 0 is the one of least norm (as torch.linalg.norm).
    partial: (index, args, result) => choose(equals(result, num(0)), num(0), over(arg(args, index), result)),
    textbook: (index, args, result) => over(arg(args, index), result),
    names: mathFunction("hypot", "\\operatorname{hypot}"),
  },
];
