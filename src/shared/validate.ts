import type { Range } from "../core/source/diagnostic";
import type { Language } from "../core/source/program";
import { checked, finite, flag, integer, list, malformed, oneOf, optional, record, table, text } from "./check";
import type { Check } from "./check";
import type { ChoiceIntent, DisplayIntent, PanelIntent, Role, SourceIntent, TypeSize, ViewWindow } from "./intent";
import type { CodeDialect, WebviewRequests } from "./protocol";
import type { AboutCoordinate, AboutObjective, EquationsQuestion, MinibatchQuestion } from "./questions";
import type { Checked, Checks } from "./rpc";
import { isWish } from "./steering";
import { batch, descent, lineSearch, method, mostDimensions, point } from "./validateDescent";
import { experimentChecks } from "./validateExperiments";

/** Larger than any real text or problem; smaller than what would harm. */
const longestText = 10_000;
const mostOffsets = 1 << 30;
const mostSamples = 2048;
const mostChosen = 1000;
const mostGiven = 64;
const longestCopy = 2_000_000;
const typeSizes: readonly unknown[] = [100, 125, 150, 200] satisfies TypeSize[];

const language = oneOf<Language>("math", "latex", "typescript", "javascript", "python");

const nothing: Check<null> = (value, path) => (value === null || value === undefined ? null : malformed(path, "nothing"));

const source: Check<SourceIntent> = (value, path) => {
  const fields = record(value, path);
  const selection = record(fields["selection"], `${path}.selection`);
  const start = integer(0, mostOffsets)(selection["start"], `${path}.selection.start`);
  return {
    uri: text(longestText)(fields["uri"], `${path}.uri`),
    language: language(fields["language"], `${path}.language`),
    ...optional(fields, "target", text(longestText), path),
    selection: { start, end: integer(start, mostOffsets)(selection["end"], `${path}.selection.end`) },
  };
};

const given: Check<number | number[]> = (value, path) => (Array.isArray(value) ? list(finite, mostGiven)(value, path) : finite(value, path));

const choice: Check<ChoiceIntent> = (value, path) => {
  const fields = record(value, path);
  return {
    roles: table(oneOf<Role>("variable", "data"), mostChosen)(fields["roles"], `${path}.roles`),
    ...optional(fields, "values", table(given, mostChosen), path),
  };
};

const dialect = oneOf<CodeDialect>("typescript", "javascript", "python", "latex", "math");

const interval: Check<[number, number]> = (value, path) => {
  const [low, high, ...rest] = list(finite, 2)(value, path);
  if (low === undefined || high === undefined || rest.length > 0 || !(low < high)) malformed(path, "an interval [low, high]");
  return [low, high];
};

const viewWindow: Check<ViewWindow> = (value, path) => {
  const fields = record(value, path);
  return { x: interval(fields["x"], `${path}.x`), y: interval(fields["y"], `${path}.y`) };
};

const range: Check<Range> = (value, path) => {
  const fields = record(value, path);
  const position = (key: "start" | "end"): Range["start"] => {
    const place = record(fields[key], `${path}.${key}`);
    return {
      line: integer(0, mostOffsets)(place["line"], `${path}.${key}.line`),
      character: integer(0, mostOffsets)(place["character"], `${path}.${key}.character`),
    };
  };
  return { start: position("start"), end: position("end") };
};

const display: Check<DisplayIntent> = (value, path) => {
  const fields = record(value, path);
  const { size } = fields;
  return {
    size: isTypeSize(size) ? size : malformed(`${path}.size`, "one the panel offers"),
    marks: flag(fields["marks"], `${path}.marks`),
    ...optional(fields, "batches", flag, path),
  };
};

function isTypeSize(value: unknown): value is TypeSize {
  return typeSizes.includes(value);
}

const aboutObjective: Check<AboutObjective> = (value, path) =>
  ({ objective: integer(0, Number.MAX_SAFE_INTEGER)(record(value, path)["objective"], `${path}.objective`) });

const aboutCoordinate: Check<AboutCoordinate> = (value, path) =>
  ({ ...aboutObjective(value, path), coordinate: integer(0, mostDimensions)(record(value, path)["coordinate"], `${path}.coordinate`) });

const resolution = (fields: Record<string, unknown>, path: string): { columns: number; rows: number } => ({
  columns: integer(2, mostSamples)(fields["columns"], `${path}.columns`),
  rows: integer(1, mostSamples)(fields["rows"], `${path}.rows`),
});

const aboutMinibatch: Check<MinibatchQuestion> = (value, path) => {
  const fields = record(value, path);
  return {
    ...aboutObjective(value, path), ...resolution(fields, path),
    batch: batch(fields["batch"], `${path}.batch`),
    step: integer(1, Number.MAX_SAFE_INTEGER)(fields["step"], `${path}.step`),
    window: viewWindow(fields["window"], `${path}.window`),
  };
};

const aboutMethod: Check<EquationsQuestion> = (value, path) => {
  const fields = record(value, path);
  return {
    ...aboutObjective(value, path),
    method: method(fields["method"], `${path}.method`),
    ...optional(fields, "lineSearch", lineSearch, path),
    parameters: table(finite, 32)(fields["parameters"], `${path}.parameters`),
  };
};

const editNumber = integer(0, Number.MAX_SAFE_INTEGER);

const panelIntent: Check<PanelIntent> = (value, path) => {
  const fields = record(value, path);
  // A later version of Downhill may have written it; what its fields mean is not ours to guess.
  if (fields["version"] !== 1) malformed(`${path}.version`, "one this Downhill knows");
  return {
    version: 1,
    mode: oneOf("gradient", "descend")(fields["mode"], `${path}.mode`),
    source: source(fields["source"], `${path}.source`),
    descent: descent(fields["descent"], `${path}.descent`),
    ...optional(fields, "choice", choice, path),
    ...optional(fields, "window", viewWindow, path),
  };
};

/** Persisted state as it comes back after a reload. */
export function restoredIntent(value: unknown): Checked<PanelIntent> {
  return checked(panelIntent, value);
}

/** How the panel was looked at last. */
export function restoredDisplay(value: unknown): Checked<DisplayIntent> {
  return checked(display, value);
}

/** The webview is not trusted: all it says is checked before anything acts on it. */
export const webviewChecks: Checks<WebviewRequests> = {
  // A state that cannot be read is no reason to leave the panel empty: the host has its own.
  ready: (body) => checked((value, path) => {
    const restored = restoredIntent(record(value, path)["restored"]);
    return restored.ok ? { restored: restored.value } : {};
  }, body),
  descend: (body) => checked((value, path) => {
    const fields = record(value, path);
    return { descent: descent(fields["descent"], `${path}.descent`), ...optional(fields, "edit", editNumber, path) };
  }, body),
  view: (body) => checked((value, path) => {
    const fields = record(value, path);
    return {
      ...optional(fields, "window", viewWindow, path), ...resolution(fields, path),
      ...optional(fields, "edit", editNumber, path),
    };
  }, body),
  choose: (body) => checked((value, path) => {
    const fields = record(value, path);
    return { choice: choice(fields["choice"], `${path}.choice`), ...optional(fields, "edit", editNumber, path) };
  }, body),
  code: (body) => checked((value, path) => ({ dialect: dialect(record(value, path)["dialect"], `${path}.dialect`) }), body),
  copy: (body) => checked((value, path) => ({ text: text(longestCopy)(record(value, path)["text"], `${path}.text`) }), body),
  evaluate: (body) => checked((value, path) => ({ x: point(record(value, path)["x"], `${path}.x`) }), body),
  reveal: (body) => checked((value, path) => ({ range: range(record(value, path)["range"], `${path}.range`) }), body),
  cancel: (body) => checked(nothing, body),
  steer: (body) => checked((value, path) => {
    const { wish } = record(value, path);
    return { wish: isWish(wish) ? wish : malformed(`${path}.wish`, "go, pause or finish") };
  }, body),
  display: (body) => checked((value, path) => ({ display: display(record(value, path)["display"], `${path}.display`) }), body),
  hessian: (body) => checked(aboutObjective, body),
  steps: (body) => checked(aboutCoordinate, body),
  sweep: (body) => checked(aboutObjective, body),
  quotients: (body) => checked((value, path) => ({ ...aboutCoordinate(value, path), x: point(record(value, path)["x"], `${path}.x`) }), body),
  stationary: (body) => checked((value, path) =>
    ({ ...aboutObjective(value, path), window: list(interval, 2)(record(value, path)["window"], `${path}.window`) }), body),
  minibatch: (body) => checked(aboutMinibatch, body),
  equations: (body) => checked(aboutMethod, body),
  ...experimentChecks({ descent, method, lineSearch, interval, aboutObjective }),
};
