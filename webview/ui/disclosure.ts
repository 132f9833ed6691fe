import { element, setText } from "./dom";

export interface Disclosure {
  readonly element: HTMLDetailsElement;
  readonly isOpen: boolean;
  /** What of it is not as usual: said beside the title, so that nothing is at work unseen. */
  say(text: string): void;
}

/** Some controls, one click away. */
export function disclosure(options: { readonly title: string; readonly testid: string; readonly onToggle?: () => void }, ...body: HTMLElement[]): Disclosure {
  const said = element("span", { class: "disclosure-said", testid: `${options.testid}-said` });
  const root = element(
    "details", { class: "disclosure", testid: options.testid },
    element("summary", {}, options.title, said), element("div", { class: "rows" }, ...body),
  );
  const { onToggle } = options;
  if (onToggle) root.addEventListener("toggle", onToggle);
  return {
    element: root,
    get isOpen() {
      return root.open;
    },
    say: (text) => setText(said, text === "" ? "" : ` · ${text}`),
  };
}
