import { describe, expect, it } from "vitest";
import { outcomeMap } from "../../../../src/core/optimize/experiments/outcomeMap";
import { conclude } from "../../../../src/core/optimize/experiments/experiment";
import { compile, readProgram } from "../../../../src/core/index";
import { initialParameters, methods } from "../../../../webview/methods";
import { themeOf } from "../../../../webview/chart/theme";
import { initialState, reduce, type State } from "../../../../webview/store";
import { momentumAxis } from "../../../../webview/views/experiments/momentumAxis";
import { edgesOf, outcomesScene } from "../../../../webview/views/experiments/outcomesScene";
import { overlayOf, reachedAfter } from "../../../../webview/views/experiments/overlayScene";
import { raceAxis, raceScene } from "../../../../webview/views/experiments/raceScene";
import { ratesScene } from "../../../../webview/views/experiments/ratesScene";
import { basins, outcomes, race, racer, rates } from "../../experimentSnapshots";
import { objective, run, source } from "../../snapshots";

const theme = themeOf("vscode-light", () => "", { family: "sans-serif", size: 13 });
const bowl = objective(2);

/** The panel with the experiments made, and one of them looked at. */
function shown(overlaid: State["overlaid"], cursor: number, id = 1): State {
  return ([
    { type: "source", source: source({ ...bowl, id }), keepEdits: false }, { type: "run", run: run(bowl, 20) },
    { type: "player", player: { cursor, last: 20, playing: false, speed: 1 } },
    { type: "experiment", name: "race", change: { result: race } }, { type: "experiment", name: "basins", change: { result: basins } }, { type: "overlaid", overlaid },
  ] as const).reduce<State>(reduce, initialState);
}

describe("over the picture", () => {
  it("lie the paths of a race while it is looked at, each as far as it has come", () => {
    const counts = (cursor: number): number[] | undefined => overlayOf(shown("race", cursor)).race?.racers.map(({ count }) => count);
    expect(counts(20)).toEqual([20, 20, 5, 20]);
    expect(counts(0)).toEqual([1, 1, 1, 1]);
    // Three gradients after the first: three steps by a rule, one of a method that takes two looks a step.
    expect(counts(3)).toEqual([4, 4, 2, 4]);
    expect(overlayOf(shown(null, 20)).race).toBeNull();
  });

  it("lies nothing that was made with another function", () => {
    expect(overlayOf(shown("race", 20, 2))).toEqual({ race: null, starts: null });
    expect(overlayOf(shown("basins", 20, 2))).toEqual({ race: null, starts: null });
  });

  it("lie the starts with the sign of the place each leads to", () => {
    const { starts } = overlayOf(shown("basins", 20));
    expect(starts?.points.map(({ style }) => style)).toEqual([0, 0, 1, 1, 2, "underWay", "left", 0]);
    expect(starts?.places.map(({ x, label }) => [x, label])).toEqual([[-1, "1"], [1, "2"], [0, "3"]]);
  });

  it("counts iterations where the budget does", () => {
    expect(reachedAfter(racer({}, 0.5, 19, 5), "iterations", 7)).toBe(7);
    expect(reachedAfter(racer({}, 0.5, 4), "iterations", 7)).toBe(4);
  });
});

describe("the picture of a race", () => {
  it("is of the value itself, logarithmic, where that goes down to nothing; whoever left does not stretch it", () => {
    const axis = raceAxis(race);
    expect(axis.kind).toBe("log");
    expect(axis.range[1]).toBe(10);
    expect(axis.height(3)).toBe(3);
  });

  it("is of what is left above the best where the bottom is not zero, and below it where they climb", () => {
    const lifted = { ...race, racers: race.racers.map((each) => ({ ...each, values: each.values.map((value) => value + 5) })) };
    const axis = raceAxis(lifted);
    expect(axis.kind).toBe("gap");
    expect(axis.height(12)).toBeCloseTo(7, 5);
    const climbing = { ...race, maximize: true, racers: race.racers.map((each) => ({ ...each, values: each.values.map((value) => -value) })) };
    expect(raceAxis(climbing).height(-3)).toBeCloseTo(3, 5);
  });

  it("is linear where nobody came far", () => {
    expect(raceAxis({ ...race, racers: [racer({}, 0.99, 10)] }).kind).toBe("linear");
  });

  it("counts what each spent, not its steps, and names what its axes are", () => {
    const scene = raceScene(race, raceAxis(race), "f", theme, 3);
    expect(scene.x).toMatchObject({ name: "gradients evaluated", max: 20 });
    expect(scene.y.name).toBe("f");
    if (!("lines" in scene.layer)) throw new Error("A race is drawn as lines.");
    const [, , newton] = scene.layer.lines.lines;
    expect([newton?.x(4), newton?.marked]).toEqual([9, 4]);
    expect(scene.layer.lines.cursor).toBe(4);
  });
});

describe("the picture of a sweep", () => {
  it("has its axes named, the rates by orders of magnitude, and the bound where theory has it", () => {
    const scene = ratesScene(rates, "f", theme, undefined);
    expect(scene.x).toMatchObject({ name: "learning rate η", type: "logarithmic" });
    expect(scene.y).toMatchObject({ name: "f at the end" });
    expect(scene.layer).toMatchObject({ trials: { best: 2, bound: { x: 1, label: "2/λmax = 1" } } });
    // What diverged to 1e30 does not flatten the others.
    expect(scene.y.max).toBeLessThan(20);
  });
});

describe("the picture of the map", () => {
  it("has a cell around each rate, and a named row for each momentum", () => {
    expect(edgesOf(outcomes).map((edge) => Math.log10(edge))).toEqual([-1.5, -0.5, 0.5, 1.5].map((edge): unknown => expect.closeTo(edge, 9)));
    const { y, layer } = outcomesScene(outcomes, theme, undefined);
    expect(y).toMatchObject({ name: "momentum μ", min: -0.5, max: 1.5, named: [{ value: 0, text: "0" }, { value: 1, text: "0.9" }] });
    // The soonest is the strongest.
    expect(layer).toMatchObject({ outcomes: { speeds: [1, expect.any(Number), expect.any(Number), 0, expect.any(Number), expect.any(Number)] } });
  });

  const steppers = methods.filter(({ group }) => group === "rule");
  it.each(steppers)("can be made of $id: the engine knows the setting and bears its values", ({ id }) => {
    const text = "x^2 + y^2";
    const f = compile(readProgram({ text, language: "math", selection: { start: 0, end: text.length } }));
    const { method, parameter, settings } = momentumAxis(id);
    const map = conclude(outcomeMap(f, { method, parameters: initialParameters(method), maxIterations: 3 }, { kind: "grid", from: 0.01, to: 0.1, count: 2 }, { parameter, values: settings }));
    expect(map?.outcomes).toHaveLength(2 * settings.length);
  });
});
