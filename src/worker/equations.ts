import { equationLatex } from "../core/optimize/equations/equationLatex";
import { namesIn, parseEquation } from "../core/optimize/equations/parseEquation";
import { symbolOf } from "../core/optimize/equations/symbols";
import { methodOf } from "../core/optimize/methods";
import type { EquationsQuestion, EquationsSnapshot } from "../shared/questions";
import { plainly } from "./plainly";

/** The rules that a method's code is tested against, as one writes them, with the settings in them. */
export function equations({ method: id, lineSearch, parameters }: EquationsQuestion): EquationsSnapshot {
  const method = methodOf(id, lineSearch);
  const stepper = plainly(() => method.begin(1, parameters, method.learningRate));
  const terms = stepper.equations.map(({ target, expression }) => ({ target, term: parseEquation(expression) }));
  const names = [...new Set(terms.flatMap(({ term }) => namesIn(term)))];
  return {
    lines: terms.map(({ target, term }) => ({ target: symbolOf(target), expression: equationLatex(term) })),
    settings: names.filter((name) => name === "learningRate" || Object.hasOwn(method.defaults, name)).map((name) => ({
      name, symbol: symbolOf(name), ...(name === "learningRate" ? {} : { value: Number(parameters[name] ?? method.defaults[name]) }),
    })),
  };
}
