import type { Chart, Plugin } from "chart.js";
import { css } from "../colour";
import { fontOf } from "../draw/frame";
import type { ChartTheme } from "../theme";

/** Names by scale, upright at the ends of their axes: a name that lies on its side is read last. */
export interface AxisNames {
  readonly theme: ChartTheme;
  readonly names: Readonly<Record<string, string>>;
}

/** A name wider than its axis stands above the plot: pixels to leave for it there. */
export function roomAbove(name: string, theme: ChartTheme): number {
  return name.length > 4 ? 1.6 * theme.fontSize : 0;
}

export function axisNames(current: () => AxisNames): Plugin {
  return {
    id: "axisNames",
    afterDraw(chart: Chart) {
      const { theme, names } = current();
      const { ctx: context } = chart;
      context.save();
      context.font = fontOf(theme, 1.05);
      context.fillStyle = css(theme.foreground);
      for (const [id, name] of Object.entries(names)) {
        const scale = chart.scales[id];
        if (!scale || name === "") continue;
        if (scale.isHorizontal()) {
          context.textAlign = "right";
          context.textBaseline = "bottom";
          context.fillText(name, scale.right, scale.bottom);
        } else {
          context.textAlign = "left";
          context.textBaseline = "top";
          context.fillText(name, 2, scale.top - roomAbove(name, theme));
        }
      }
      context.restore();
    },
  };
}
