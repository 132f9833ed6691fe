import * as vscode from "vscode";
import { defaultSettings } from "../shared/defaults";
import type { Settings } from "../shared/defaults";
import { configurationSection } from "../shared/ids";

/** As they stand now. A value that is no number in the settings file counts as absent; one out of range, as the nearest in it. */
export function readSettings(): Settings {
  const configuration = vscode.workspace.getConfiguration(configurationSection);
  const number = (key: keyof Settings, least: number, most: number): number => {
    const value = configuration.get<unknown>(key);
    if (typeof value !== "number" || !Number.isFinite(value)) return defaultSettings[key];
    return Math.min(most, Math.max(least, value));
  };
  return {
    timeLimit: number("timeLimit", 0.5, 600),
    debounce: number("debounce", 0, 5000),
    iterations: Math.round(number("iterations", 1, 100_000)),
  };
}
