import type { ClipOptions } from "../../src/core/optimize/types";
import type { DescentIntent } from "../../src/shared/intent";
import type { RunSnapshot } from "../../src/shared/protocol";
import { createSeriesPlot } from "../chart/plots/seriesPlot";
import type { SeriesScene } from "../chart/plots/seriesPlot";
import type { Plot } from "../chart/plots/plot";
import type { ChartTheme } from "../chart/theme";
import { valueRange } from "../chart/valueRange";
import { formatShort } from "../format";
import { iterationAt, lastFrame } from "../frames";
import { scheduleOf, schedules } from "../schedules";
import type { ScheduleSetting } from "../schedules";
import { strings } from "../strings";
import type { State } from "../store";
import { dropdown } from "../ui/controls";
import { disclosure } from "../ui/disclosure";
import { element, show } from "../ui/dom";
import { numberField } from "../ui/numberField";
import type { Actions, View } from "./actions";
import { createNumberRow } from "./numberRow";
import type { NumberRow } from "./numberRow";

const words = strings.descent.schedule;
type Clip = "none" | keyof ClipOptions;

/** How the learning rate changes over the iterations, with a picture of it, and what is done about long gradients. */
export function createScheduleView(actions: Actions, theme: () => ChartTheme): View {
  let intent: DescentIntent | undefined;
  const kind = dropdown({
    label: words.kind, testid: "schedule", choices: schedules.map(({ kind: value, text }) => ({ value, text })),
    onChange: (chosen) => actions.changeDescent({ schedule: { kind: chosen, settings: {} } }),
  });
  const rows = element("div", { class: "rows" });
  const canvas = element("canvas", { attributes: { role: "img", "aria-label": words.picture } });
  const picture = element("div", { class: "rate-plot", testid: "rate-plot" }, canvas);
  const clip = dropdown<Clip>({
    label: words.clip, testid: "clip", choices: (["none", "norm", "value"] as const).map((value) => ({ value, text: words.clips[value] })),
    onChange: (chosen) => actions.changeDescent({ clip: chosen === "none" ? {} : { [chosen]: limitOf(intent?.clip) ?? 1 } }),
  });
  const limits = { norm: limitField("norm"), value: limitField("value") };
  const root = disclosure(
    { title: words.title, testid: "schedule-fold", onToggle: () => draw() },
    kind.element, rows, picture, element("div", { class: "pair" }, clip.element, limits.norm.element, limits.value.element),
  );

  function limitField(by: keyof ClipOptions) {
    return numberField({
      label: words.limits[by], testid: `clip-${by}`, low: Number.MIN_VALUE, step: (value, way) => value * 10 ** (way / 10),
      onCommit: (value) => actions.changeDescent({ clip: { [by]: value } }),
    });
  }

  let made: { setting: ScheduleSetting; row: NumberRow }[] = [];
  let shownKind: string | undefined;
  function rebuild(next: string, settings: readonly ScheduleSetting[]): void {
    shownKind = next;
    made = settings.map((setting) => {
      const { name, label, scale, low, high, least, most, whole } = setting;
      const row = createNumberRow({
        label, testid: `schedule-${name}`, scale, low, high, least, ...(most === undefined ? {} : { most }), ...(whole === undefined ? {} : { whole }),
        onChange: (value) => {
          const schedule = intent?.schedule;
          if (schedule) actions.changeDescent({ schedule: { kind: schedule.kind, settings: { ...schedule.settings, [name]: value } } });
        },
      });
      return { setting, row };
    });
    rows.replaceChildren(...made.map(({ row }) => row.element));
  }

  let plot: Plot<SeriesScene> | undefined;
  let latest: State | undefined;
  function draw(): void {
    const run = latest?.view.kind === "ready" ? latest.view.run : null;
    const changes = run !== null && (intent?.schedule?.kind ?? "constant") !== "constant";
    show(picture, changes);
    // A canvas that is not seen has no size to draw in.
    if (!changes || !latest || !root.isOpen) return;
    const scene = rateScene(run, latest.player.cursor, theme());
    if (plot) plot.show(scene);
    else plot = createSeriesPlot(canvas, scene);
  }

  return {
    element: root.element,
    update(state) {
      latest = state;
      if (!state.intent) return;
      intent = state.intent.descent;
      const { schedule, clip: limit, maxIterations } = intent;
      const { kind: chosen, settings, text } = scheduleOf(schedule?.kind);
      if (chosen !== shownKind) rebuild(chosen, settings);
      kind.set(chosen);
      for (const { setting, row } of made) row.set(schedule?.settings[setting.name] ?? setting.initial(maxIterations));
      const by = clipBy(limit);
      clip.set(by);
      for (const each of ["norm", "value"] as const) {
        show(limits[each].element, by === each);
        const value = limit?.[each];
        if (value !== undefined) limits[each].set(value);
      }
      const clipped = by === "none" ? [] : [words.clippedTo(formatShort(limitOf(limit) ?? NaN), by)];
      root.say([...(chosen === "constant" ? [] : [text]), ...clipped].join(", "));
      draw();
    },
  };
}

function clipBy(clip: ClipOptions | undefined): Clip {
  return clip?.norm !== undefined ? "norm" : clip?.value !== undefined ? "value" : "none";
}

function limitOf(clip: ClipOptions | undefined): number | undefined {
  return clip?.norm ?? clip?.value;
}

/** Row 0 holds the rate that was asked for, which no step was taken with: the picture begins with the first step's. */
function rateScene(run: RunSnapshot, cursor: number, theme: ChartTheme): SeriesScene {
  const rateAt = (frame: number): number => run.learningRates[Math.min(Math.max(frame, 1), lastFrame(run))] ?? NaN;
  const [, high] = valueRange(run.learningRates.subarray(1));
  return {
    theme, log: false, title: "η", labelEms: 0, range: [0, high],
    series: { count: lastFrame(run) + 1, cursor: Math.min(cursor, lastFrame(run)), x: (frame) => iterationAt(run, frame), lines: [{ label: "η", colour: "path", at: rateAt }] },
  };
}
