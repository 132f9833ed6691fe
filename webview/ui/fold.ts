import { element } from "./dom";

export interface Fold {
  readonly element: HTMLElement;
  readonly isOpen: boolean;
}

/** A part of the panel that is one line until somebody wants to see it. Escape closes it again, wherever in it the focus is. */
export function fold(options: { readonly title: string; readonly testid: string; readonly onToggle: (open: boolean) => void }, ...body: HTMLElement[]): Fold {
  const summary = element("summary", {}, element("h2", { text: options.title }));
  const details = element("details", { class: "fold", testid: options.testid }, summary, ...body);
  details.addEventListener("toggle", () => options.onToggle(details.open));
  details.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || !details.open) return;
    event.preventDefault();
    event.stopPropagation();
    details.open = false;
    summary.focus();
  });
  return {
    element: details,
    get isOpen() {
      return details.open;
    },
  };
}
