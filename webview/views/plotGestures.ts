import type { PlotSpace } from "../chart/plots/chart";

/** What pointers on a plot mean. Points are in data coordinates, distances in pixels. */
export interface GestureHandlers {
  space(): PlotSpace | undefined;
  /** Where the start handle is, in pixels from the canvas's corner. */
  handle(): { x: number; y: number } | undefined;
  setStart(point: { x: number; y: number }): void;
  /** The handle was taken or let go. */
  hold(held: boolean): void;
  pan(dx: number, dy: number): void;
  zoom(factor: number, at: { x: number; y: number }): void;
  /** Back to the automatic view; the clicks that make up a double click have not been meant as such. */
  reset(): void;
  hover(point: { x: number; y: number } | undefined): void;
}

/** Further than this is a drag, nearer a click with an unsteady hand. */
const clickThreshold = 4;
const handleReach = 14;
const zoomPerPixel = 0.0016;

type Drag = { kind: "undecided"; overHandle: boolean } | { kind: "start" } | { kind: "pan" };

export function listenForGestures(target: HTMLElement, handlers: GestureHandlers): void {
  let drag: Drag | undefined;
  let down = { x: 0, y: 0 };
  let before = { x: 0, y: 0 };

  const pixelOf = (event: MouseEvent): { x: number; y: number } => {
    const box = target.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const inArea = (space: PlotSpace, { x, y }: { x: number; y: number }): boolean =>
    x >= space.area.left && x <= space.area.right && y >= space.area.top && y <= space.area.bottom;
  const overHandle = (pixel: { x: number; y: number }): boolean => {
    const handle = handlers.handle();
    return handle !== undefined && Math.hypot(handle.x - pixel.x, handle.y - pixel.y) <= handleReach;
  };
  const setStart = (pixel: { x: number; y: number }): void => {
    const space = handlers.space();
    if (!space) return;
    const { left, right, top, bottom } = space.area;
    handlers.setStart(space.toData(Math.min(Math.max(pixel.x, left), right), Math.min(Math.max(pixel.y, top), bottom)));
  };

  target.addEventListener("pointerdown", (event) => {
    const space = handlers.space();
    const pixel = pixelOf(event);
    if (event.button > 1 || !space || !inArea(space, pixel)) return;
    target.setPointerCapture(event.pointerId);
    down = before = pixel;
    // The middle button and Shift always pan, also where the handle is in the way.
    drag = { kind: "undecided", overHandle: event.button === 0 && !event.shiftKey && overHandle(pixel) };
    if (drag.overHandle) handlers.hold(true);
    if (event.button === 1) event.preventDefault();
  });

  target.addEventListener("pointermove", (event) => {
    const pixel = pixelOf(event);
    if (!drag) {
      const space = handlers.space();
      target.classList.toggle("over-handle", overHandle(pixel));
      handlers.hover(space && inArea(space, pixel) ? space.toData(pixel.x, pixel.y) : undefined);
      return;
    }
    let now = drag;
    if (now.kind === "undecided" && Math.hypot(pixel.x - down.x, pixel.y - down.y) > clickThreshold) {
      drag = now = { kind: now.overHandle ? "start" : "pan" };
      target.classList.toggle("panning", now.kind === "pan");
    }
    if (now.kind === "start") setStart(pixel);
    if (now.kind === "pan") handlers.pan(pixel.x - before.x, pixel.y - before.y);
    if (now.kind !== "undecided") before = pixel;
  });

  const end = (event: PointerEvent, cancelled: boolean): void => {
    if (!drag) return;
    const wasClick = drag.kind === "undecided" && !drag.overHandle && event.button === 0;
    drag = undefined;
    target.classList.remove("panning");
    handlers.hold(false);
    if (wasClick && !cancelled) setStart(pixelOf(event));
  };
  target.addEventListener("pointerup", (event) => end(event, false));
  target.addEventListener("pointercancel", (event) => end(event, true));
  target.addEventListener("pointerleave", () => handlers.hover(undefined));
  target.addEventListener("dblclick", () => handlers.reset());
  target.addEventListener("wheel", (event) => {
    const space = handlers.space();
    const pixel = pixelOf(event);
    if (!space || !inArea(space, pixel)) return;
    event.preventDefault();
    // Lines and pages are what some mice count in; a pinch arrives as a wheel with Ctrl and in small numbers.
    const unit = event.deltaMode === 1 ? 24 : event.deltaMode === 2 ? 400 : 1;
    const pixels = Math.min(Math.max(event.deltaY * unit * (event.ctrlKey ? 5 : 1), -240), 240);
    handlers.zoom(Math.exp(pixels * zoomPerPixel), space.toData(pixel.x, pixel.y));
  }, { passive: false });
}
