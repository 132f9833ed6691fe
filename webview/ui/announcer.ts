import { element } from "./dom";

export interface Announcer {
  readonly element: HTMLElement;
  /** Replaces what was about to be said. */
  say(text: string): void;
}

/** One polite live region for the whole panel. A held key steps many times a second; only where it comes to rest is spoken. */
export function createAnnouncer(delay = 400): Announcer {
  const region = element("div", { class: "visually-hidden", testid: "announcer", attributes: { role: "status", "aria-live": "polite" } });
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    element: region,
    say(text) {
      clearTimeout(timer);
      timer = setTimeout(() => {
        region.textContent = text;
      }, delay);
    },
  };
}
