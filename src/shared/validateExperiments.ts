import type { LineSearchName, MethodId } from "../core/optimize/types";
import { checked, finite, integer, list, malformed, oneOf, optional, record, table, text } from "./check";
import type { Check } from "./check";
import type { AboutDescent, BasinsRequest, Entrant, Experiments, RateRange, RatesRequest } from "./experiments";
import type { AboutObjective } from "./questions";
import type { DescentIntent } from "./intent";
import type { Checks } from "./rpc";

/** More than anybody could tell apart, or would wait for. */
const mostEntrants = 12;
const mostRates = 100;
const mostSettings = 50;
const mostStarts = 10_000;
const mostCounted = 1_000_000;
const largestSeed = 2 ** 32 - 1;

/** Checks of what is asked for in other requests too. */
export interface SharedChecks {
  readonly descent: Check<DescentIntent>;
  readonly method: Check<MethodId>;
  readonly lineSearch: Check<LineSearchName>;
  readonly interval: Check<[number, number]>;
  readonly aboutObjective: Check<AboutObjective>;
}

export function experimentChecks({ descent, method, lineSearch, interval, aboutObjective }: SharedChecks): Checks<Experiments> {
  const about: Check<AboutDescent> = (value, path) =>
    ({ ...aboutObjective(value, path), descent: descent(record(value, path)["descent"], `${path}.descent`) });

  const entrant: Check<Entrant> = (value, path) => {
    const fields = record(value, path);
    return {
      method: method(fields["method"], `${path}.method`),
      ...optional(fields, "lineSearch", lineSearch, path),
      parameters: table(finite, 32)(fields["parameters"], `${path}.parameters`),
      ...optional(fields, "learningRate", finite, path),
    };
  };

  const budget: Check<{ kind: "iterations" | "gradients"; count: number }> = (value, path) => {
    const fields = record(value, path);
    return { kind: oneOf("iterations", "gradients")(fields["kind"], `${path}.kind`), count: integer(1, mostCounted)(fields["count"], `${path}.count`) };
  };

  return {
    race: (body) => checked((value, path) => {
      const fields = record(value, path);
      return {
        ...about(value, path),
        entrants: list(entrant, mostEntrants)(fields["entrants"], `${path}.entrants`),
        budget: budget(fields["budget"], `${path}.budget`),
        ...optional(fields, "commonRate", finite, path),
      };
    }, body),
    rates: (body) => checked((value, path) => {
      const fields = record(value, path);
      return {
        ...about(value, path),
        rates: rates(fields["rates"], `${path}.rates`),
        spending: oneOf("all", "halving")(fields["spending"], `${path}.spending`),
      };
    }, body),
    outcomes: (body) => checked((value, path) => {
      const fields = record(value, path);
      return {
        ...about(value, path),
        rates: range(fields["rates"], `${path}.rates`),
        parameter: text(64)(fields["parameter"], `${path}.parameter`),
        settings: list(finite, mostSettings)(fields["settings"], `${path}.settings`),
      };
    }, body),
    basins: (body) => checked((value, path) => {
      const fields = record(value, path);
      return { ...about(value, path), window: list(interval, 2)(fields["window"], `${path}.window`), scatter: scatter(fields["scatter"], `${path}.scatter`) };
    }, body),
  };
}

const seed = integer(0, largestSeed);

const range: Check<RateRange> = (value, path) => {
  const fields = record(value, path);
  const [from, to] = [finite(fields["from"], `${path}.from`), finite(fields["to"], `${path}.to`)];
  if (!(from > 0 && from <= to)) malformed(path, "a range of learning rates above 0");
  return { from, to, count: integer(1, mostRates)(fields["count"], `${path}.count`) };
};

const rates: Check<RatesRequest["rates"]> = (value, path) => {
  const fields = record(value, path);
  const kind = oneOf("grid", "random")(fields["kind"], `${path}.kind`);
  return kind === "grid" ? { ...range(value, path), kind } : { ...range(value, path), kind, seed: seed(fields["seed"], `${path}.seed`) };
};

const scatter: Check<BasinsRequest["scatter"]> = (value, path) => {
  const fields = record(value, path);
  if (oneOf("grid", "random")(fields["kind"], `${path}.kind`) === "grid") {
    return { kind: "grid", side: integer(1, Math.floor(Math.sqrt(mostStarts)))(fields["side"], `${path}.side`) };
  }
  return { kind: "random", count: integer(1, mostStarts)(fields["count"], `${path}.count`), seed: seed(fields["seed"], `${path}.seed`) };
};
