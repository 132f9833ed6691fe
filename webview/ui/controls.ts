import {
  provideVSCodeDesignSystem, vsCodeButton, vsCodeDropdown, vsCodeOption, vsCodeTextField,
} from "@vscode/webview-ui-toolkit";
import { element, named, setAttribute, setText } from "./dom";
import { icon } from "./icons";
import type { IconName } from "./icons";

/*
 * The only file that knows the UI toolkit. What it hands out are plain elements behind a few verbs, so that another kit
 * is another version of this file. Until `registerControls` has run the elements are unknown to the browser and inert
 * to look at, but they keep values and tell of events all the same, which is what the tests in a DOM without pixels use.
 */

export function registerControls(): void {
  provideVSCodeDesignSystem().register(vsCodeButton(), vsCodeDropdown(), vsCodeOption(), vsCodeTextField());
}

/** A toolkit element as we use it: an HTML element with a value. */
interface ValueElement extends HTMLElement {
  value: string;
}

export interface Button {
  readonly element: HTMLElement;
  setLabel(label: string, iconName?: IconName): void;
  setEnabled(enabled: boolean): void;
  /** For a button that stays down. */
  setPressed(pressed: boolean): void;
}

export interface ButtonOptions {
  readonly label: string;
  readonly icon?: IconName;
  readonly appearance?: "primary" | "secondary";
  readonly testid: string;
  readonly onPress: () => void;
}

/** With an icon the label is spoken and shown on hover; without one it is the button's text. */
export function button(options: ButtonOptions): Button {
  const node = document.createElement("vscode-button");
  node.dataset["testid"] = options.testid;
  node.setAttribute("appearance", options.icon ? "icon" : (options.appearance ?? "secondary"));
  // Not the attribute of that name: a button that is disabled under the hand would lose the focus, and the keyboard its place.
  const isEnabled = (): boolean => node.getAttribute("aria-disabled") !== "true";
  node.addEventListener("click", () => { if (isEnabled()) options.onPress(); });
  let shown: IconName | undefined;
  const setLabel = (label: string, iconName?: IconName): void => {
    if (iconName) {
      setAttribute(node, "aria-label", label);
      setAttribute(node, "title", label);
      if (shown !== iconName) node.replaceChildren(icon(iconName));
      shown = iconName;
    } else {
      setText(node, label);
    }
  };
  setLabel(options.label, options.icon);
  return {
    element: node,
    setLabel,
    setEnabled: (enabled) => {
      setAttribute(node, "aria-disabled", String(!enabled));
    },
    setPressed: (pressed) => setAttribute(node, "aria-pressed", String(pressed)),
  };
}

export interface Dropdown<Value extends string> {
  readonly element: HTMLElement;
  set(value: Value): void;
  /** Calls a choice something else. */
  rename(value: Value, text: string): void;
}

export function dropdown<Value extends string>(options: {
  readonly label: string;
  readonly hideLabel?: boolean;
  /** Those of a group stand together under its heading. */
  readonly choices: readonly { readonly value: Value; readonly text: string; readonly group?: string }[];
  readonly testid: string;
  readonly onChange: (value: Value) => void;
}): Dropdown<Value> {
  const node = document.createElement("vscode-dropdown") as ValueElement;
  node.dataset["testid"] = options.testid;
  node.setAttribute("aria-label", options.label);
  const shown = new Map<Value, HTMLElement>();
  let heading: string | undefined;
  for (const { value, text, group } of options.choices) {
    if (group !== undefined && group !== heading) node.append(headingOption(group));
    heading = group;
    const option = document.createElement("vscode-option");
    option.setAttribute("value", value);
    option.textContent = text;
    shown.set(value, option);
    node.append(option);
  }
  let current = options.choices[0]?.value;
  node.addEventListener("change", () => {
    const chosen = options.choices.find(({ value }) => value === node.value);
    if (!chosen || chosen.value === current) return;
    current = chosen.value;
    options.onChange(chosen.value);
  });
  return {
    element: options.hideLabel === true ? node : labelled(options.label, node),
    set: (value) => {
      current = value;
      if (node.value !== value) node.value = value;
    },
    rename(value, text) {
      const option = shown.get(value);
      if (!option || option.textContent === text) return;
      option.textContent = text;
      if (current !== value) return;
      // The kit writes the chosen one's name in its closed list only when another one is chosen.
      const [other] = options.choices.filter((choice) => choice.value !== value);
      if (other) node.value = other.value;
      node.value = value;
    },
  };
}

/** The kit knows no groups: a line that cannot be chosen, which the arrow keys pass over. */
function headingOption(text: string): HTMLElement {
  const option = document.createElement("vscode-option");
  option.className = "option-heading";
  option.setAttribute("disabled", "");
  option.setAttribute("value", "");
  option.textContent = text;
  return option;
}

export interface TextField {
  readonly element: HTMLElement;
  set(text: string): void;
  setLabel(label: string): void;
  /** Says below the field what is wrong with it; undefined: nothing. */
  setProblem(problem: string | undefined): void;
}

export function textField(options: {
  readonly label: string;
  readonly hideLabel?: boolean;
  /** Stands in the field while it is empty. */
  readonly placeholder?: string;
  readonly testid: string;
  readonly onCommit: (text: string) => void;
  readonly onArrow?: (direction: 1 | -1) => void;
}): TextField {
  const node = document.createElement("vscode-text-field") as ValueElement;
  node.dataset["testid"] = options.testid;
  node.setAttribute("aria-label", options.label);
  // The kit calls every field without text inside "Text field" when it comes to the page.
  let label = options.label;
  new MutationObserver(() => setAttribute(node, "aria-label", label)).observe(node, { attributes: true, attributeFilter: ["aria-label"] });
  if (options.placeholder !== undefined) node.setAttribute("placeholder", options.placeholder);
  node.setAttribute("inputmode", "decimal");
  node.setAttribute("spellcheck", "false");
  node.addEventListener("change", () => options.onCommit(node.value));
  node.addEventListener("keydown", (event) => {
    // The editor takes this key from webviews, and learns only a moment later which of them has the focus: it would select all
    // of the person's text, where the next key typed replaces it. The browser selects what is in the field.
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "a") event.stopPropagation();
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
    if (!options.onArrow) return;
    event.preventDefault();
    options.onArrow(event.key === "ArrowUp" ? 1 : -1);
  });
  const problem = element("div", { class: "field-problem", attributes: { role: "alert" } });
  problem.hidden = true;
  let name = named("span", label, { class: "label" });
  const field = options.hideLabel === true ? node : element("div", { class: "labelled" }, name, node);
  return {
    element: element("div", { class: "field" }, field, problem),
    setLabel(text) {
      if (text === label) return;
      label = text;
      setAttribute(node, "aria-label", text);
      const next = named("span", text, { class: "label" });
      name.replaceWith(next);
      name = next;
    },
    set: (text) => {
      if (node.value !== text) node.value = text;
    },
    setProblem: (text) => {
      node.classList.toggle("invalid", text !== undefined);
      setAttribute(node, "aria-invalid", String(text !== undefined));
      problem.hidden = text === undefined;
      setText(problem, text ?? "");
    },
  };
}

function labelled(label: string, control: HTMLElement): HTMLElement {
  return element("div", { class: "labelled" }, named("span", label, { class: "label" }), control);
}
