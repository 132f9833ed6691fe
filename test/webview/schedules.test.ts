import { describe, expect, it } from "vitest";
import { scheduleOf } from "../../src/core/optimize/schedules/scheduleOf";
import type { Schedule } from "../../src/core/optimize/schedules/schedule";
import { schedules } from "../../webview/schedules";

const rates = (schedule: Schedule, iterations: number): number[] => Array.from({ length: iterations }, (_, k) => {
  const now = schedule.rate(k + 1);
  schedule.observe?.(1);
  return now;
});

describe("the schedules of the panel", () => {
  it.each(schedules.flatMap((schedule) => [10, 200, 12_345].map((iterations) => ({ ...schedule, iterations }))))(
    "$kind over $iterations iterations: its settings are the engine's, at the engine's defaults", ({ kind, settings, iterations }) => {
      const initial = Object.fromEntries(settings.map((setting) => [setting.name, setting.initial(iterations)]));
      const [told, usual] = [scheduleOf(0.1, { kind, ...initial }, iterations, false), scheduleOf(0.1, { kind }, iterations, false)];
      expect(rates(told, Math.min(iterations, 300))).toEqual(rates(usual, Math.min(iterations, 300)));
    });

  it.each(schedules)("$kind: runs with each setting at either end of its slider", ({ kind, settings }) => {
    for (const { name, low, high } of settings) {
      for (const value of [low, high]) {
        for (const rate of rates(scheduleOf(0.1, { kind, [name]: value }, 50, false), 50)) expect(rate).toBeGreaterThanOrEqual(0);
      }
    }
  });

  it.each(schedules.filter(({ settings }) => settings.length > 0))("$kind: each setting makes a difference", ({ kind, settings }) => {
    const usual = rates(scheduleOf(1, { kind }, 60, false), 60);
    for (const { name, low, high } of settings) {
      const changed = [low, high].map((value) => rates(scheduleOf(1, { kind, [name]: value }, 60, false), 60));
      expect(changed.some((each) => each.some((rate, k) => rate !== usual[k])), name).toBe(true);
    }
  });
});
