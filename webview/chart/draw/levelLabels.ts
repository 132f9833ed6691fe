/** Segments of one level in pixels: x0, y0, x1, y1 each. */
export interface LabelRequest {
  readonly level: number;
  readonly segments: Float32Array;
  readonly text: string;
  readonly width: number;
}

export interface Label {
  readonly level: number;
  readonly text: string;
  readonly x: number;
  readonly y: number;
  /** Radians in (−π/2, π/2], so that it reads from left to right. */
  readonly angle: number;
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const candidatesPerLevel = 48;

/**
 * One label a level at most, where its line runs straightest for the label's length, clear of the edges and of the
 * labels placed before. Greedy and deterministic: the same picture always carries the same labels.
 */
export function placeLabels(requests: readonly LabelRequest[], area: Box, height: number): Label[] {
  const labels: (Label & { radius: number })[] = [];
  for (const { level, segments, text, width } of requests) {
    const radius = width / 2 + 3;
    const count = segments.length / 4;
    const stride = Math.max(1, Math.floor(count / candidatesPerLevel));
    let best: (Label & { radius: number }) | undefined;
    let bestScore = 0;
    for (let index = Math.floor(stride / 2); index < count; index += stride) {
      const x = ((segments[index * 4] ?? 0) + (segments[index * 4 + 2] ?? 0)) / 2;
      const y = ((segments[index * 4 + 1] ?? 0) + (segments[index * 4 + 3] ?? 0)) / 2;
      if (!inside(x, y, area, radius, height)) continue;
      const room = clearance(x, y, radius, labels);
      if (room <= 0) continue;
      const direction = directionAround(segments, x, y, radius);
      // Less than the label's length of line, or a bend: the label would stand beside its line, not on it.
      if (direction.length < width * 0.9 || direction.straightness < 0.8) continue;
      const score = direction.straightness + 0.2 * Math.min(room / (4 * radius), 1) + 0.15 * Math.cos(direction.angle);
      if (score > bestScore) {
        bestScore = score;
        best = { level, text, x, y, angle: direction.angle, radius };
      }
    }
    if (best) labels.push(best);
  }
  return labels;
}

function inside(x: number, y: number, area: Box, radius: number, height: number): boolean {
  const margin = Math.max(radius, height);
  return x > area.left + margin && x < area.right - margin && y > area.top + margin && y < area.bottom - margin;
}

function clearance(x: number, y: number, radius: number, labels: readonly { x: number; y: number; radius: number }[]): number {
  let least = 8 * radius;
  for (const label of labels) least = Math.min(least, Math.hypot(label.x - x, label.y - y) - label.radius - radius - 4);
  return least;
}

/** Mean direction, by doubled angles, of the line within `radius`; straightness is 1 where all of it agrees. */
function directionAround(segments: Float32Array, x: number, y: number, radius: number): { angle: number; straightness: number; length: number } {
  let cosine = 0;
  let sine = 0;
  let length = 0;
  for (let at = 0; at < segments.length; at += 4) {
    const x0 = segments[at] ?? 0;
    const y0 = segments[at + 1] ?? 0;
    const dx = (segments[at + 2] ?? 0) - x0;
    const dy = (segments[at + 3] ?? 0) - y0;
    if (Math.abs(x0 + dx / 2 - x) > radius || Math.abs(y0 + dy / 2 - y) > radius) continue;
    const size = Math.hypot(dx, dy);
    if (size === 0) continue;
    length += size;
    cosine += (dx * dx - dy * dy) / size;
    sine += (2 * dx * dy) / size;
  }
  const angle = Math.atan2(sine, cosine) / 2;
  return { angle, straightness: length > 0 ? Math.hypot(cosine, sine) / length : 0, length };
}
