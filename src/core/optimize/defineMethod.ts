import type { Method, MethodDefinition, Settings, State } from "./method";
import { resolveSettings } from "./settings";

export function defineMethod<S extends Settings, T extends State>(definition: MethodDefinition<S, T>): Method {
  const { id, title, learningRate, defaults } = definition;
  return {
    id,
    title,
    learningRate,
    defaults,
    begin(dimension, parameters, rate) {
      const settings = resolveSettings(title, defaults, parameters);
      const state = definition.init(dimension, settings, rate);
      return {
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
