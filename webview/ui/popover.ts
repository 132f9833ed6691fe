import { element, setAttribute, show } from "./dom";

export interface Popover {
  /** The button that opens it, and what it opens: to stand one after the other, so that Tab leads from one into the other. */
  readonly trigger: HTMLButtonElement;
  readonly content: HTMLElement;
  readonly isOpen: boolean;
  close(): void;
}

const margin = 8;

/**
 * A button that opens a sheet over the panel: nothing moves out of its way. It is closed by the button, by Escape, and by a
 * press outside it; the focus goes into it and, when it closes, back to the button.
 */
export function popover(options: {
  readonly testid: string;
  readonly class: string;
  readonly label: string;
  readonly onOpen?: () => void;
}): Popover {
  const id = `${options.testid}-sheet`;
  const trigger = element("button", {
    class: options.class, testid: options.testid, attributes: { type: "button", "aria-expanded": "false", "aria-controls": id, "aria-haspopup": "dialog" },
  });
  const content = element("div", {
    class: "popover", testid: id, attributes: { id, role: "dialog", tabindex: "-1", "aria-label": options.label },
  });
  content.hidden = true;

  const place = (): void => {
    const at = trigger.getBoundingClientRect();
    const { innerWidth, innerHeight } = window;
    const left = Math.max(margin, Math.min(at.left, innerWidth - margin - content.offsetWidth));
    const below = innerHeight - margin - at.bottom;
    const isBelow = below >= Math.min(content.scrollHeight, 220) || below >= at.top;
    content.style.setProperty("left", `${left}px`);
    content.style.setProperty("max-height", `${Math.max(120, (isBelow ? below : at.top) - margin)}px`);
    content.style.setProperty("top", isBelow ? `${at.bottom + 4}px` : "auto");
    content.style.setProperty("bottom", isBelow ? "auto" : `${innerHeight - at.top + 4}px`);
  };
  const isOpen = (): boolean => content.hidden === false;
  const pressOutside = (event: Event): void => {
    const path = event.composedPath();
    if (!path.includes(content) && !path.includes(trigger)) set(false, false);
  };
  const pressKey = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || event.defaultPrevented || !isOpen()) return;
    event.preventDefault();
    event.stopPropagation();
    set(false, true);
  };
  const grows = new ResizeObserver(place);

  function set(open: boolean, returnFocus: boolean): void {
    if (isOpen() === open) return;
    show(content, open);
    setAttribute(trigger, "aria-expanded", String(open));
    const change = open ? "addEventListener" : "removeEventListener";
    document[change]("pointerdown", pressOutside, true);
    window[change]("resize", place);
    window[change]("scroll", place, true);
    if (open) {
      options.onOpen?.();
      grows.observe(content);
      place();
      content.focus({ preventScroll: true });
    } else {
      grows.disconnect();
      if (returnFocus) trigger.focus();
    }
  }

  trigger.addEventListener("click", () => set(!isOpen(), true));
  trigger.addEventListener("keydown", pressKey);
  content.addEventListener("keydown", pressKey);
  return {
    trigger, content,
    get isOpen() {
      return isOpen();
    },
    close: () => set(false, true),
  };
}
