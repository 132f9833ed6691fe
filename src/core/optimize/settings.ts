import type { Settings } from "./method";

/** Decay rates of running averages: at 1 they would never learn. Everything else is only asked not to be negative. */
const belowOne = new Set(["beta1", "beta2", "alpha", "rho"]);

/** The method's defaults with what the caller chose laid over them; throws a RangeError for what makes no sense. */
export function resolveSettings<S extends Settings>(title: string, defaults: S, parameters: Settings = {}): S {
  const settings = { ...defaults };
  for (const [name, given] of Object.entries(parameters)) {
    const standard = defaults[name];
    if (standard === undefined) {
      throw new RangeError(`${title} has no setting called "${name}"; it has ${Object.keys(defaults).join(", ")}.`);
    }
    Object.assign(settings, { [name]: checked(name, standard, given) });
  }
  return settings;
}

function checked(name: string, standard: number | boolean, given: number | boolean): number | boolean {
  if (typeof standard === "boolean") {
    // A slider and a settings file speak numbers.
    if (given === true || given === 1) return true;
    if (given === false || given === 0) return false;
    throw new RangeError(`The setting "${name}" is either on or off, not ${given}.`);
  }
  if (typeof given !== "number" || !Number.isFinite(given)) {
    throw new RangeError(`The setting "${name}" must be a number, not ${given}.`);
  }
  if (given < 0) throw new RangeError(`The setting "${name}" must not be negative, but is ${given}.`);
  if (belowOne.has(name) && given >= 1) throw new RangeError(`The setting "${name}" must be below 1, but is ${given}.`);
  return given;
}
