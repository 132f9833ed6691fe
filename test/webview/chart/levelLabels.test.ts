import { describe, expect, it } from "vitest";
import { placeLabels } from "../../../webview/chart/draw/levelLabels";
import type { LabelRequest } from "../../../webview/chart/draw/levelLabels";

const area = { left: 0, top: 0, right: 400, bottom: 300 };

function line(level: number, from: [number, number], to: [number, number], pieces = 60): LabelRequest {
  const segments = new Float32Array(pieces * 4);
  const at = (share: number): [number, number] => [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share];
  for (let piece = 0; piece < pieces; piece++) segments.set([...at(piece / pieces), ...at((piece + 1) / pieces)], piece * 4);
  return { level, segments, text: String(level), width: 24 };
}

describe("labels on contour lines", () => {
  it("lie on their lines and along them", () => {
    const [label] = placeLabels([line(1, [0, 50], [400, 250])], area, 12);
    expect(label).toBeDefined();
    expect(label?.angle).toBeCloseTo(Math.atan2(200, 400), 2);
    expect((label?.y ?? 0) - 50).toBeCloseTo(((label?.x ?? 0) / 400) * 200, 1);
  });

  it("read from left to right whichever way the line was walked", () => {
    for (const request of [line(1, [400, 250], [0, 50]), line(1, [0, 250], [400, 50]), line(1, [200, 0], [200, 300])]) {
      const [label] = placeLabels([request], area, 12);
      expect(Math.abs(label?.angle ?? 9)).toBeLessThanOrEqual(Math.PI / 2 + 1e-6);
    }
  });

  it("keep away from each other and from the edges", () => {
    const labels = placeLabels([0, 1, 2, 3].map((level) => line(level, [0, 140 + 6 * level], [400, 140 + 6 * level])), area, 12);
    expect(labels.length).toBeGreaterThan(1);
    for (const [index, one] of labels.entries()) {
      expect(one.x).toBeGreaterThan(12);
      expect(one.x).toBeLessThan(388);
      for (const other of labels.slice(index + 1)) expect(Math.hypot(one.x - other.x, one.y - other.y)).toBeGreaterThan(24);
    }
  });

  it("are left out where a line is too short or too bent to carry them", () => {
    expect(placeLabels([line(1, [200, 150], [210, 150], 5)], area, 12)).toEqual([]);
    const turns = Array.from({ length: 40 }, (_, index) => (index / 40) * 2 * Math.PI);
    const circle = new Float32Array(turns.flatMap((turn, index) => {
      const next = ((index + 1) / 40) * 2 * Math.PI;
      return [200 + 8 * Math.cos(turn), 150 + 8 * Math.sin(turn), 200 + 8 * Math.cos(next), 150 + 8 * Math.sin(next)];
    }));
    expect(placeLabels([{ level: 1, segments: circle, text: "1", width: 24 }], area, 12)).toEqual([]);
  });
});
