import { sampleAt } from "../chart/upsample";
import type { LandscapeSnapshot } from "../../src/shared/protocol";
import { formatNumber } from "../format";
import { strings } from "../strings";
import { element, setText } from "../ui/dom";
import type { Actions } from "./actions";
import { curveAt } from "./plotScenes";

export interface HoverReadout {
  readonly element: HTMLElement;
  /** Undefined: the pointer is elsewhere. */
  at(point: { x: number; y: number } | undefined, names: readonly string[], landscape: LandscapeSnapshot | null): void;
}

/** Long enough that a passing pointer asks for nothing. */
const rest = 120;

/** Where the pointer is and how high the function is there: from the picture at once, exactly when the pointer rests. */
export function createHoverReadout(actions: Actions): HoverReadout {
  const node = element("output", { class: "hover number", testid: "hover" });
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asking: AbortController | undefined;
  return {
    element: node,
    at(point, names, landscape) {
      clearTimeout(timer);
      asking?.abort();
      if (!point || !landscape) {
        setText(node, "");
        return;
      }
      const where = landscape.kind === "contour" ? [point.x, point.y] : [point.x];
      const guess = landscape.kind === "contour" ? sampleAt(landscape, point.x, point.y) : curveAt(landscape, point.x);
      const write = (value: number, about: boolean): void => {
        const coordinates = where.map((value, index) => `${names[index] ?? ""} ${formatNumber(value, 5)}`).join("  ");
        setText(node, `${coordinates}  ${strings.plot.value} ${about ? "≈" : "="} ${formatNumber(value, 6)}`);
      };
      write(guess ?? NaN, true);
      timer = setTimeout(() => {
        const controller = (asking = new AbortController());
        actions.evaluate(where, controller.signal).then(
          ({ value }) => {
            if (!controller.signal.aborted) write(value, false);
          },
          // The value from the picture stays: a read-out that fails is not worth a message.
          () => undefined,
        );
      }, rest);
    },
  };
}
