import type { DescentIntent, StopIntent } from "../../src/shared/intent";
import type { LineSearchName, MethodId } from "../../src/core/optimize/types";
import { allowsLineSearch, initialParameters, methodOf, methods, nameOf, parametersFor, usualLineSearch } from "../methods";
import type { MethodParameter } from "../methods";
import type { ChartTheme } from "../chart/theme";
import { formatShort } from "../format";
import { strings } from "../strings";
import { startOf } from "../store";
import { button, dropdown } from "../ui/controls";
import { disclosure } from "../ui/disclosure";
import { element, setText, show, uniqueId } from "../ui/dom";
import { numberField } from "../ui/numberField";
import type { NumberField } from "../ui/numberField";
import { optionalNumberField } from "../ui/optionalNumberField";
import type { Actions, View } from "./actions";
import { createMinibatchView } from "./minibatchView";
import { createNumberRow } from "./numberRow";
import { createParameterRow } from "./parameterRow";
import type { ParameterRow } from "./parameterRow";
import { createRuleView } from "./ruleView";
import { createScheduleView } from "./scheduleView";

const words = strings.parameters;
const stopping = strings.descent.stopping;
const coordinatesShown = 6;
const mostIterations = 1e8;
const rules = ["valueChange", "stepSize", "targetValue", "seconds"] as const;
const rateRange = { low: 1e-5, high: 10 };

/** How to descend: the few choices in the order a person needs them, the rest one click away. */
export function createParametersView(actions: Actions, theme: () => ChartTheme): View {
  const change = (part: Partial<DescentIntent>): void => actions.changeDescent(part);
  let intent: DescentIntent | undefined;

  const method = dropdown<MethodId>({
    label: words.method, testid: "method", 
    choices: methods.map(({ id, text, group }) => ({ value: id, text, group: strings.methods.groups[group] })),
    onChange: (id) => change(methodChange(intent, id)),
  });
  const direction = dropdown<"descend" | "ascend">({
    label: words.direction, testid: "direction",
    choices: [{ value: "descend", text: words.descend }, { value: "ascend", text: words.ascend }],
    onChange: (chosen) => change({ maximize: chosen === "ascend" }),
  });
  const resetRate = button({
    label: words.resetRate, icon: "reset", testid: "reset-rate", onPress: () => change({ ownRate: false }),
  });
  const rate = createNumberRow({
    label: words.learningRate, testid: "learning-rate", scale: "log", ...rateRange, least: Number.MIN_VALUE, aside: resetRate.element,
    onChange: (learningRate) => change({ learningRate, ownRate: true }),
  });
  const lineSearch = dropdown<LineSearchName>({
    label: strings.methods.lineSearch, testid: "line-search",
    choices: (["none", "armijo", "strong-wolfe"] as const).map((value) => ({ value, text: strings.methods.lineSearches[value] })),
    onChange: (chosen) => change({ lineSearch: chosen, ownRate: false, ...(intent ? { parameters: searchParameters(intent, chosen) } : {}) }),
  });
  const noRate = element("p", { class: "caption", testid: "no-rate" });
  const prominent = element("div", { class: "rows" });
  const start = element("div", { class: "start-fields" });
  const origin = element("p", { class: "caption", testid: "start-origin" });
  const reset = button({ label: words.resetStart, icon: "reset", testid: "reset-start", onPress: () => actions.setStart(undefined, false) });
  const moreStart = element("p", { class: "formula-more" });
  const iterations = numberField({
    label: words.iterations, testid: "iterations", low: 1, high: mostIterations, whole: true,
    step: (value, way) => Math.max(1, Math.round(way === 1 ? value * 1.25 + 1 : value / 1.25 - 1)),
    onCommit: (maxIterations) => change({ maxIterations }),
  });
  const gradientNorm = numberField({
    label: words.gradientNorm, testid: "gradient-norm", low: 0,
    step: (value, way) => (value === 0 ? 1e-8 : value * 10 ** way),
    onCommit: (norm) => change({ gradientNorm: norm }),
  });
  const changeStop = (part: { [rule in keyof StopIntent]: number | undefined }): void => {
    const kept = Object.entries({ ...intent?.stop, ...part }).filter(([, value]) => value !== undefined);
    change({ stop: Object.fromEntries(kept) });
  };
  const stops = {
    valueChange: optionalNumberField({ label: stopping.valueChange, testid: "stop-value-change", low: 0, onCommit: (valueChange) => changeStop({ valueChange }) }),
    stepSize: optionalNumberField({ label: stopping.stepSize, testid: "stop-step-size", low: 0, onCommit: (stepSize) => changeStop({ stepSize }) }),
    targetValue: optionalNumberField({ label: stopping.target(false), testid: "stop-target", onCommit: (targetValue) => changeStop({ targetValue }) }),
    seconds: optionalNumberField({ label: stopping.seconds, testid: "stop-seconds", low: 0, onCommit: (seconds) => changeStop({ seconds }) }),
  };
  const further = [createRuleView(actions), createScheduleView(actions, theme), createMinibatchView(actions)];
  const [, schedule] = further;
  const detailRows = element("div", { class: "rows" });
  const more = disclosure(
    { title: words.more, testid: "more" },
    element("div", { class: "halves" }, iterations.element, gradientNorm.element, ...Object.values(stops).map((field) => field.element)),
    lineSearch.element, detailRows,
  );
  const id = uniqueId("descent");
  const root = element(
    "section", { class: "parameters", testid: "parameters", attributes: { "aria-labelledby": id } },
    element("h2", { text: words.title, attributes: { id } }),
    element("div", { class: "pair" }, method.element, direction.element),
    rate.element, noRate, prominent,
    element("div", { class: "start-head" }, element("span", { class: "label", text: words.start }), reset.element),
    start, moreStart, origin,
    ...further.map((view) => view.element),
    more.element,
  );

  let shownMethod: string | undefined;
  let rows: { parameter: MethodParameter; row: ParameterRow }[] = [];
  let shownCoordinates: readonly string[] = [];
  let startFields: NumberField[] = [];

  function rebuildMethod(next: MethodId, searching: LineSearchName): void {
    const meant = methodOf(next, searching).parameters.filter(({ search }) => search === undefined || search.includes(searching));
    rows = meant.map((parameter) => ({
      parameter,
      row: createParameterRow(parameter, (value) => change({ parameters: { ...intent?.parameters, [parameter.name]: value } })),
    }));
    prominent.replaceChildren(...rows.filter(({ parameter }) => parameter.prominent).map(({ row }) => row.element));
    detailRows.replaceChildren(...rows.filter(({ parameter }) => !parameter.prominent).map(({ row }) => row.element));
  }

  function rebuildStart(coordinates: readonly string[]): void {
    shownCoordinates = coordinates;
    startFields = coordinates.slice(0, coordinatesShown).map((name, index) => numberField({
      label: name, testid: `start-${index}`,
      step: (value, way) => value + way * Math.max(0.1, Math.abs(value) * 0.05),
      onCommit: (value) => actions.setStart(latestStart.map((old, at) => (at === index ? value : old)), false),
    }));
    start.replaceChildren(...startFields.map((field) => field.element));
    const hidden = coordinates.length - startFields.length;
    show(moreStart, hidden > 0);
    setText(moreStart, strings.moreCoordinates(hidden));
  }
  let latestStart: readonly number[] = [];

  return {
    element: root,
    update(state) {
      const { view } = state;
      if (view.kind !== "ready" || !state.intent) return;
      intent = state.intent.descent;
      latestStart = startOf(state);
      const searching = intent.lineSearch ?? usualLineSearch(intent.method);
      const shown = `${intent.method} ${searching}`;
      if (shown !== shownMethod) rebuildMethod(intent.method, searching);
      shownMethod = shown;
      const { coordinates, startOrigin } = view.objective;
      if (coordinates.join() !== shownCoordinates.join()) rebuildStart(coordinates);
      method.set(intent.method);
      method.rename("gd", nameOf("gd", intent.maximize));
      lineSearch.set(searching);
      show(lineSearch.element, allowsLineSearch(intent.method));
      const inLine = allowsLineSearch(intent.method);
      const needsRate = inLine ? searching === "none" : methodOf(intent.method).group === "rule";
      show(rate.element, needsRate);
      show(noRate, !needsRate);
      setText(noRate, strings.methods.noRate[inLine ? "line" : "radius"]);
      direction.set(intent.maximize ? "ascend" : "descend");
      rate.set(intent.learningRate);
      resetRate.setEnabled(intent.ownRate === true);
      for (const { parameter, row } of rows) row.set(intent.parameters[parameter.name] ?? parameter.initial);
      startFields.forEach((field, index) => field.set(latestStart[index] ?? NaN));
      const chosen = intent.start !== undefined;
      reset.setEnabled(chosen);
      setText(origin, chosen ? "" : words.startOrigin[startOrigin]);
      show(origin, !chosen);
      iterations.set(intent.maxIterations);
      gradientNorm.set(intent.gradientNorm);
      for (const rule of rules) stops[rule].set(intent.stop?.[rule]);
      more.say(saidOf(intent));
      stops.targetValue.setLabel(stopping.target(intent.maximize));
      for (const each of further) each.update(state);
      // What searches finds its own lengths.
      if (schedule) show(schedule.element, needsRate);
    },
  };
}

/** The rules of stopping that somebody has set. */
function saidOf({ stop, maximize }: DescentIntent): string {
  const label = { ...stopping, targetValue: stopping.target(maximize) };
  return rules.flatMap((rule) => (stop?.[rule] === undefined ? [] : [`${label[rule]} ${formatShort(stop[rule])}`])).join(", ");
}

/** What searches finds its own length: a rate chosen for another method would only shorten its first look. */
function methodChange(intent: DescentIntent | undefined, id: MethodId): Partial<DescentIntent> {
  return {
    method: id, lineSearch: usualLineSearch(id),
    parameters: intent ? parametersFor(id, intent) : initialParameters(id),
    ...(methodOf(id).group === "searching" ? { ownRate: false } : {}),
  };
}

/** Gradient descent has other settings once it searches. */
function searchParameters({ method, parameters }: DescentIntent, lineSearch: LineSearchName): Record<string, number> {
  const usual = initialParameters(method, lineSearch);
  return Object.fromEntries(Object.entries(usual).map(([name, value]) => [name, parameters[name] ?? value]));
}
