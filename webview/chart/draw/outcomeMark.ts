import type { OutcomeName } from "../../../src/shared/experiments";
import { css, mix } from "../colour";
import type { Rgb } from "../colour";
import type { ChartTheme } from "../theme";

/** What became of a run has one colour and one sign in every picture: ● arrived, ○ slow, ∿ to and fro, ✕ left. */
export function outcomeColour({ series, muted, path, accent }: ChartTheme, outcome: OutcomeName): Rgb {
  switch (outcome) {
    case "converged": return accent;
    case "slow": return muted;
    case "oscillating": return series[3] ?? muted;
    case "diverged": case "failed": return path;
  }
}

/** The ground of a cell: the sooner a run arrived, the stronger; `speed` is 0…1. */
export function outcomeGround(theme: ChartTheme, outcome: OutcomeName, speed: number): Rgb {
  const amount = outcome === "converged" ? 0.25 + 0.6 * speed : outcome === "slow" ? 0.1 : 0.22;
  return mix(theme.background, outcomeColour(theme, outcome), amount);
}

/** Draws the sign of an outcome around a point, in a colour or the outcome's own. */
export function drawOutcomeMark(context: CanvasRenderingContext2D, theme: ChartTheme, outcome: OutcomeName, x: number, y: number, radius: number, colour?: Rgb): void {
  const ink = css(colour ?? outcomeColour(theme, outcome));
  context.beginPath();
  switch (outcome) {
    case "converged":
      context.arc(x, y, radius, 0, 2 * Math.PI);
      context.fillStyle = ink;
      context.fill();
      return;
    case "slow":
      context.arc(x, y, radius, 0, 2 * Math.PI);
      break;
    case "oscillating":
      context.moveTo(x - 1.5 * radius, y);
      context.bezierCurveTo(x - 0.75 * radius, y - 2.6 * radius, x - 0.25 * radius, y - 0.4 * radius, x, y);
      context.bezierCurveTo(x + 0.25 * radius, y + 0.4 * radius, x + 0.75 * radius, y + 2.6 * radius, x + 1.5 * radius, y);
      break;
    case "diverged": case "failed":
      context.moveTo(x - radius, y - radius);
      context.lineTo(x + radius, y + radius);
      context.moveTo(x + radius, y - radius);
      context.lineTo(x - radius, y + radius);
  }
  context.strokeStyle = ink;
  context.lineWidth = Math.max(1.5, 0.4 * radius);
  context.lineCap = "round";
  context.stroke();
}
