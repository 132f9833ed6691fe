import type { CodeDialect, CodeResult, ObjectiveSnapshot } from "../../src/shared/protocol";
import { highlightCode } from "../highlightCode";
import { strings } from "../strings";
import type { State } from "../store";
import { button, dropdown } from "../ui/controls";
import type { Dropdown } from "../ui/controls";
import { element, setText, show } from "../ui/dom";
import { popover } from "../ui/popover";
import type { Actions, View } from "./actions";

const words = strings.code;
/** Longer code is still copied whole; colours for all of it would make the panel stall. */
const mostColoured = 60_000;
const copiedFor = 2000;

/** The gradient as source, to be read and taken along: asked for when it is looked at, and kept up with the text from then on. */
export function createCodeView(actions: Actions): View {
  const sheet = popover({ testid: "code", class: "badge", label: words.title, onOpen: () => ask() });
  setText(sheet.trigger, words.open);
  const source = element("code", { testid: "code-text" });
  const listing = element("pre", { class: "listing", attributes: { tabindex: "0", role: "region", "aria-label": words.title } }, source);
  const problem = element("p", { testid: "code-problem" });
  const copied = element("span", { class: "quiet", testid: "code-copied", attributes: { role: "status" } });
  const copy = button({ label: words.copy, testid: "code-copy", appearance: "primary", onPress: () => void take() });
  const close = button({ label: words.close, icon: "close", testid: "code-close", onPress: () => sheet.close() });
  const choice = element("div", { class: "code-dialect" });
  sheet.content.classList.add("code-sheet");
  sheet.content.append(element("div", { class: "code-head" }, choice, copy.element, copied, close.element), listing, problem);

  let objective: ObjectiveSnapshot | undefined;
  let asked: string | undefined;
  let dialects: readonly CodeDialect[] = [];
  let dialect: CodeDialect | undefined;
  let picker: Dropdown<CodeDialect> | undefined;
  let text = "";
  let forget: ReturnType<typeof setTimeout> | undefined;

  function ask(): void {
    const key = `${objective?.id} ${dialect}`;
    if (!objective || !dialect || key === asked) return;
    asked = key;
    const wanted = dialect;
    actions.code(wanted).then(
      (result) => { if (key === asked) write(result, wanted); },
      // Asked again when it is opened again.
      () => { if (key === asked) asked = undefined; },
    );
  }

  function write(result: CodeResult, language: CodeDialect): void {
    text = result.ok ? result.code.trimEnd() : "";
    const isShort = text.length <= mostColoured;
    source.replaceChildren(...(isShort ? highlightCode(text, language).map(({ kind, text: part }) =>
      (kind === "plain" ? document.createTextNode(part) : element("span", { class: `token-${kind}`, text: part }))) : [text]));
    setText(problem, result.ok ? "" : result.reason);
    show(problem, !result.ok);
    show(listing, result.ok);
    copy.setEnabled(result.ok);
    setText(copied, "");
  }

  async function take(): Promise<void> {
    clearTimeout(forget);
    const done = await actions.copy(text);
    setText(copied, done ? words.copied : "");
    forget = setTimeout(() => setText(copied, ""), copiedFor);
  }

  function offer(next: readonly CodeDialect[]): void {
    dialects = next;
    if (!dialect || !next.includes(dialect)) dialect = next[0];
    picker = dropdown<CodeDialect>({
      label: words.language, hideLabel: true, testid: "code-dialect", choices: next.map((each) => ({ value: each, text: words.dialects[each] })),
      onChange: (chosen) => {
        dialect = chosen;
        ask();
      },
    });
    choice.replaceChildren(picker.element);
    if (dialect) picker.set(dialect);
  }

  copy.setEnabled(false);
  return {
    element: element("div", { class: "popover-anchor" }, sheet.trigger, sheet.content),
    update({ view, intent }: State) {
      if (view.kind !== "ready" || !intent || view.stale) return;
      objective = view.objective;
      const next = dialectsFor(intent.source.language, view.objective.formula !== undefined);
      if (next.join() !== dialects.join()) offer(next);
      if (sheet.isOpen) ask();
    },
  };
}

/** The person's own language first. */
function dialectsFor(language: string, hasFormula: boolean): CodeDialect[] {
  const mathematics: CodeDialect[] = hasFormula ? ["math", "latex"] : [];
  if (language === "typescript") return ["typescript", "javascript", "python", ...mathematics];
  if (language === "javascript") return ["javascript", "typescript", "python", ...mathematics];
  return [...mathematics, "typescript", "javascript", "python"];
}
