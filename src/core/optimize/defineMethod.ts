import type {
  Method, MethodDefinition, RuleStepper, SearchingDefinition, SearchingStepper, Settings, State,
} from "./method";
import { resolveSettings } from "./settings";

export function defineMethod<S extends Settings, T extends State>(definition: MethodDefinition<S, T>): Method<RuleStepper> {
  const { id, title, learningRate, defaults } = definition;
  return {
    kind: "rule",
    id,
    title,
    learningRate,
    defaults,
    begin(dimension, parameters, rate) {
      const settings = resolveSettings(title, defaults, parameters);
      const state = definition.init(dimension, settings, rate);
      return {
        kind: "rule",
        state,
        equations: definition.equations(settings),
        update: (x, gradient, eta, t) => definition.update(state, settings, x, gradient, eta, t),
        ...(definition.stableLearningRate && {
          stableLearningRate: (lambda: number) => definition.stableLearningRate?.(lambda, settings) ?? Infinity,
        }),
      };
    },
  };
}

export function defineSearching<S extends Settings, T extends State>(
  definition: SearchingDefinition<S, T>,
): Method<SearchingStepper> {
  const { id, title, learningRate, defaults, lineSearch } = definition;
  return {
    kind: "searching",
    id,
    title,
    learningRate,
    defaults,
    lineSearch,
    begin(dimension, parameters, rate) {
      const settings = resolveSettings(title, defaults, parameters);
      const state = definition.init(dimension, settings, rate);
      return {
        kind: "searching",
        state,
        equations: definition.equations(settings),
        update: (here, means, eta, t) => definition.update(state, settings, here, means, eta, t),
      };
    },
  };
}
