import { kinksAtStart } from "./diagnose/kinks";
import { slopeNotFinite, valueNotFinite } from "./diagnose/notFinite";
import type { Subject } from "./diagnose/subject";
import { zeroGradient } from "./diagnose/zeroGradient";
import type { Diagnostic } from "./source/diagnostic";

/** What a person should know about the function at its start before they trust a descent from there. */
export function diagnose(subject: Subject): Diagnostic[] {
  const { start } = subject.lowered;
  const found = zeroGradient(subject);
  const value = subject.value(start);
  if (!Number.isFinite(value)) return [...found, ...valueNotFinite(subject, value)];
  const kinks = kinksAtStart(subject);
  found.push(...kinks);
  if (kinks.length === 0 && !subject.gradient(start).every(Number.isFinite)) found.push(slopeNotFinite(subject));
  return found;
}
