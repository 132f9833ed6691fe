import type { Contours, Curve } from "../core/landscape/sample";
import type { LandscapeSnapshot } from "../shared/protocol";
import { handOver } from "./handOver";

export function landscapeSnapshot(objective: number, sampled: Curve | Contours, transfer: ArrayBuffer[]): LandscapeSnapshot {
  const values = handOver(sampled.values, transfer);
  if (sampled.kind === "curve") return { ...sampled, objective, values, derivatives: handOver(sampled.derivatives, transfer) };
  return { ...sampled, objective, values, levels: handOver(sampled.levels, transfer) };
}
