import type { ChoiceIntent, Role } from "../../src/shared/intent";
import type { ParameterSnapshot } from "../../src/shared/protocol";
import { formatField, formatShort, parseNumber } from "../format";
import { strings } from "../strings";
import type { State } from "../store";
import { textField } from "../ui/controls";
import { element, named, setText, show } from "../ui/dom";
import type { Actions, View } from "./actions";

const words = strings.choose;

/** What the function is computed from: which of it varies, which is held, where each value came from, and the person's say in it. */
export function createChooseView(actions: Actions): View {
  const heading = element("h2", { text: words.title });
  const summary = element("span", { class: "choose-summary", testid: "choose-summary" });
  const rows = element("div", { class: "choices", attributes: { role: "group", "aria-label": words.title } });
  const details = element("details", { testid: "choose" }, element("summary", {}, heading, summary), rows);
  const root = element("section", { class: "choose", testid: "choose-section" }, details);
  let intent: ChoiceIntent | undefined;
  let shown: string | undefined;
  let known: readonly unknown[] = [];

  const change = (part: Partial<ChoiceIntent>): void => actions.choose({ roles: {}, ...intent, ...part });
  const setRole = (parameter: ParameterSnapshot, role: Role): void =>
    change({ roles: { ...intent?.roles, [parameter.name]: role }, ...(role === "data" ? held(parameter, intent, actions.startNow()) : {}) });
  const setValue = (name: string, value: number | number[]): void => change({ values: { ...intent?.values, [name]: value } });
  const forget = (name: string): void => {
    const { [name]: _gone, ...values } = intent?.values ?? {};
    change({ values });
  };

  return {
    element: root,
    update({ view, intent: whole }: State) {
      if (view.kind !== "ready") return;
      // While a run is played nothing of this changes, many times a second.
      if (known[0] === view.objective && known[1] === whole?.choice) return;
      known = [view.objective, whole?.choice];
      intent = whole?.choice;
      const parameters = (view.objective.parameters ?? []).map((parameter) => ({ ...parameter, role: (parameter.canChange ? intent?.roles[parameter.name] : undefined) ?? parameter.role }));
      show(root, parameters.length > 1 || parameters.some(({ origin }) => origin === "outer"));
      const key = JSON.stringify(parameters);
      if (key === shown) return;
      shown = key;
      setText(summary, words.summary(namesOf(parameters, "variable"), namesOf(parameters, "data")));
      const lone = parameters.filter(({ role }) => role === "variable").length === 1;
      const focused = document.activeElement?.id;
      rows.replaceChildren(...parameters.map((parameter) => row(parameter, lone && parameter.role === "variable")));
      // The row under the hand is a new one: the keyboard keeps its place.
      if (focused !== undefined && focused.startsWith("role-")) document.getElementById(focused)?.focus();
    },
  };

  function row(parameter: ParameterSnapshot, isLast: boolean): HTMLElement {
    const { name, label = name, role, canChange } = parameter;
    const title = named("span", label, { class: "choice-name number" });
    const roles = element("div", { class: "segments", attributes: { role: "radiogroup", "aria-label": words.roleOf(label) } });
    for (const each of ["variable", "data"] as const) roles.append(...segment(parameter, each, isLast));
    if (!canChange) roles.replaceChildren(element("span", { class: "quiet", text: words[role] }));
    return element("div", { class: "choice", testid: "choice", attributes: { "data-name": name, "data-role": role } }, title, roles, about(parameter));
  }

  function segment(parameter: ParameterSnapshot, role: Role, isLast: boolean): HTMLElement[] {
    const id = `role-${parameter.name}-${role}`;
    const input = element("input", { class: "visually-hidden", testid: id, attributes: { type: "radio", id, name: `role-${parameter.name}`, value: role } });
    input.checked = parameter.role === role;
    const mustStay = isLast && role === "data";
    input.disabled = mustStay;
    input.addEventListener("change", () => setRole(parameter, role));
    return [input, element("label", { text: words[role], attributes: { for: id, ...(mustStay ? { title: words.lastOne } : {}) } })];
  }

  /** What the value is and where it came from; of data that are few, a field to change them. */
  function about(parameter: ParameterSnapshot): HTMLElement {
    const { name, label = name, role, values, shape, origin } = parameter;
    const line = element("div", { class: "choice-about" });
    const isList = (shape?.length ?? 0) > 0;
    if (role === "data" && values && origin !== "outer") {
      const field = textField({
        label: words.valueOf(label), hideLabel: true, testid: `value-${name}`,
        onCommit(text) {
          const numbers = (isList ? text.split(/[,;\s]+/) : [text]).filter((part) => part !== "").map(parseNumber);
          const read = numbers.filter((value) => value !== undefined);
          const [first] = read;
          if (first === undefined || read.length < numbers.length) field.setProblem(isList ? words.notNumbers : strings.parameters.notANumber);
          else setValue(name, isList ? read : first);
        },
      });
      field.set(values.map(formatField).join(", "));
      field.element.classList.toggle("is-list", isList);
      line.append(field.element);
    } else if (values && role === "variable") {
      line.append(element("span", { class: "number", text: isList ? `[${values.map((value) => formatShort(value)).join(", ")}]` : formatShort(values[0] ?? NaN) }));
    } else if (shape && isList) line.append(element("span", { text: words.size(shape) }));
    line.append(originOf(parameter));
    return line;
  }

  function originOf({ name, origin, place, role }: ParameterSnapshot): HTMLElement {
    const caption = element("span", { class: "caption", testid: "choice-origin" });
    if (place) {
      const line = place.start.line + 1;
      const link = element("button", { class: "link", text: words.call(line), attributes: { type: "button", "aria-label": strings.problem.goLabel(line, place.start.character + 1) } });
      link.addEventListener("click", () => actions.reveal(place));
      caption.append(link);
    } else caption.append(words.origins[origin](role));
    if (origin === "panel") {
      const undo = element("button", { class: "link", testid: `undo-${name}`, text: words.undo, attributes: { type: "button" } });
      undo.addEventListener("click", () => forget(name));
      caption.append(" ", undo);
    }
    return caption;
  }
}

/** What is no longer varied stays where it stood. */
function held({ name, values, shape }: ParameterSnapshot, intent: ChoiceIntent | undefined, start: ReadonlyMap<string, number>): Pick<ChoiceIntent, "values"> {
  if (!values) return {};
  const isList = (shape?.length ?? 0) > 0;
  const now = values.map((value, i) => start.get(isList ? `${name}[${i}]` : name) ?? value);
  // Its own value need not be said, and follows the text when that is changed.
  if (now.every((value, i) => value === values[i])) return {};
  const [first = NaN] = now;
  return { values: { ...intent?.values, [name]: isList ? now : first } };
}

const mostNamed = 4;

function namesOf(parameters: readonly ParameterSnapshot[], role: Role): string {
  const names = parameters.filter((parameter) => parameter.role === role).map(({ name, label = name }) => label);
  return names.length > mostNamed ? `${names.slice(0, mostNamed).join(", ")}, …` : names.join(", ");
}

