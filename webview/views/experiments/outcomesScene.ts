import type { LayerScene } from "../../chart/plots/layerPlot";
import type { ChartTheme } from "../../chart/theme";
import type { OutcomesSnapshot } from "../../../src/shared/experiments";
import { formatShort } from "../../format";
import { strings } from "../../strings";

const words = strings.experiments;

/** What becomes of a run, a cell for each learning rate and momentum. */
export function outcomesScene(map: OutcomesSnapshot, theme: ChartTheme, pointed: number | undefined): LayerScene {
  const { settings, outcomes, iterations, best, bounds, parameter } = map;
  const edges = edgesOf(map);
  return {
    theme,
    x: { name: words.rateAxis, type: "logarithmic", min: edges[0] ?? 1e-5, max: edges[edges.length - 1] ?? 10, grid: false },
    y: {
      name: settingName(parameter), type: "linear", min: -0.5, max: settings.length - 0.5, grid: false,
      named: Array.from(settings, (setting, value) => ({ value, text: formatShort(setting) })),
    },
    layer: { outcomes: { edges, rows: settings.length, outcomes, speeds: speedsOf(outcomes, iterations), best, pointed, bounds: bounds && Array.from(bounds) } },
  };
}

/** Halfway between neighbours, by orders of magnitude. */
export function edgesOf({ learningRates }: OutcomesSnapshot): number[] {
  const count = learningRates.length;
  const [first = 1, last = 1] = [learningRates[0], learningRates[count - 1]];
  const half = count > 1 && last > first ? (last / first) ** (0.5 / (count - 1)) : 2;
  return [...Array.from(learningRates, (rate) => rate / half), last * half];
}

/** 1 for the soonest that arrived, 0 for the last, by orders of magnitude. */
function speedsOf(outcomes: OutcomesSnapshot["outcomes"], iterations: Int32Array): number[] {
  const arrived = Array.from(iterations).filter((_, k) => outcomes[k] === "converged").map((each) => Math.log(Math.max(1, each)));
  const [least, most] = [Math.min(...arrived), Math.max(...arrived)];
  return Array.from(iterations, (each) => (most > least ? (most - Math.log(Math.max(1, each))) / (most - least) : 1));
}

export function settingName(parameter: string): string {
  return parameter === "beta1" ? words.outcomeMap.settings.beta1 : words.outcomeMap.settings.momentum;
}
