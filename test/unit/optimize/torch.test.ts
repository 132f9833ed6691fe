import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Objective } from "../../../src/core/objective";
import { minimize } from "../../../src/core/optimize/minimize";
import type { MethodId } from "../../../src/core/optimize/types";
import { beale, bowl, rosenbrock, seededRandom } from "./testObjectives";

type Trajectory = {
  optimizer: string;
  config: { lr?: number; [setting: string]: number | boolean | number[] | undefined };
  function: string;
  start: number[];
  /** The parameters after so many steps. */
  after: { [steps: string]: number[] };
};
const path = new URL("../../fixtures/optimize/torchTrajectories.json", import.meta.url);
const fixture = JSON.parse(readFileSync(path, "utf8")) as { trajectories: Trajectory[] };

const functions: { [name: string]: Objective } = { quad: bowl, rosen: rosenbrock, beale };
const config: { [torch: string]: string[] } = {
  momentum: ["momentum"],
  dampening: ["dampening"],
  nesterov: ["nesterov"],
  weight_decay: ["weightDecay"],
  lr_decay: ["learningRateDecay"],
  initial_accumulator_value: ["initialAccumulatorValue"],
  alpha: ["alpha"],
  centered: ["centered"],
  betas: ["beta1", "beta2"],
  amsgrad: ["amsgrad"],
};

/** From its 74th step on this one multiplies rounding tenfold a step: one ulp in the start moves step 100 by 2e-7. */
const chaotic = new Set(['RMSprop {"lr":0.01,"alpha":0.9} on rosen after 100']);

describe("the trajectories of PyTorch", () => {
  it.each(fixture.trajectories.map((t) => [`${t.optimizer} ${JSON.stringify(t.config)} on ${t.function}`, t] as const))(
    "%s",
    (label, trajectory) => {
      const { lr, ...rest } = trajectory.config;
      const parameters: { [name: string]: number | boolean } = {};
      for (const [key, given] of Object.entries(rest)) {
        const names = config[key];
        if (!names) throw new Error(`unmapped setting ${key}`);
        [given ?? []].flat().forEach((value, i) => Object.assign(parameters, { [names[i] ?? ""]: value }));
      }
      const objective = functions[trajectory.function];
      if (!objective) throw new Error(`no function ${trajectory.function}`);
      const run = minimize(objective, {
        method: methodFor(trajectory.optimizer, parameters),
        start: Float64Array.from(trajectory.start),
        maxIterations: 100,
        stop: {},
        parameters,
        ...(lr !== undefined && { learningRate: lr }),
      });
      expect(run.iterations).toBe(100);
      for (const [step, expected] of Object.entries(trajectory.after)) {
        expected.forEach((value, i) => {
          const place = Number(step) * run.dimension + i;
          const ours = run.iterates[place] ?? NaN;
          const tolerance = chaotic.has(`${label} after ${step}`) ? 1e-8 : 1e-12;
          expect(Math.abs(ours - value), `x${i + 1} after ${step}`).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(value)));
        });
      }
    },
  );
});

describe("the functions they are run on", () => {
  it.each([bowl, rosenbrock, beale])("the gradient of $name agrees with central differences", (objective) => {
    const random = seededRandom(7);
    for (let trial = 0; trial < 20; trial++) {
      const x = Float64Array.from(objective.start, () => 4 * random() - 2);
      const gradient = objective.gradient(x);
      gradient.forEach((g, i) => {
        const h = 1e-5;
        const ahead = objective.value(x.map((xi, j) => (i === j ? xi + h : xi)));
        const behind = objective.value(x.map((xi, j) => (i === j ? xi - h : xi)));
        expect(Math.abs((ahead - behind) / (2 * h) - g)).toBeLessThan(1e-6 * Math.max(1, Math.abs(g)));
      });
    }
  });
});

function methodFor(optimizer: string, parameters: { [name: string]: number | boolean }): MethodId {
  if (optimizer === "SGD") return parameters.nesterov ? "nesterov" : parameters.momentum ? "momentum" : "gd";
  if (optimizer === "Adam" && parameters.amsgrad) return "amsgrad";
  const byName: { [optimizer: string]: MethodId } = {
    Adagrad: "adagrad",
    RMSprop: "rmsprop",
    Adadelta: "adadelta",
    Adam: "adam",
    AdamW: "adamw",
    NAdam: "nadam",
    RAdam: "radam",
    Adamax: "adamax",
    Rprop: "rprop",
  };
  const method = byName[optimizer];
  if (!method) throw new Error(`no method for ${optimizer}`);
  return method;
}
