import type { EquationsSnapshot } from "../../src/shared/questions";
import { formatShort } from "../format";
import { inquiry } from "../inquiry";
import { strings } from "../strings";
import type { State } from "../store";
import { disclosure } from "../ui/disclosure";
import { element, setText } from "../ui/dom";
import type { Actions, View } from "./actions";
import { fitMath } from "./fitMath";
import type { MathCell } from "./fitMath";

const words = strings.descent.rule;

/** The rules the method steps by, typeset: those that its code is tested against, with the numbers it has now. */
export function createRuleView(actions: Actions): View {
  const lines = element("div", { class: "rule-lines", testid: "rule-lines" });
  const numbers = element("div", { class: "rule-numbers caption", testid: "rule-numbers" });
  const problem = element("p", { class: "quiet" });
  let latest: State | undefined;
  let told: EquationsSnapshot | undefined;
  let cells: MathCell[] = [];
  const root = disclosure({ title: words.title, testid: "rule", onToggle: () => look() }, lines, numbers, problem);
  const answer = inquiry<EquationsSnapshot>((equations) => {
    told = equations;
    setText(problem, "");
    // Two pieces: side by side where they fit, otherwise one below the other.
    const pairs = equations.lines.map(({ target, expression }) => [
      { element: element("span", { class: "rule-target" }), tex: `${target} \\leftarrow` },
      { element: element("div", { class: "rule-expression" }), tex: expression.replaceAll("\\text{otherwise}", `\\text{${words.otherwise}}`) },
    ]);
    cells = pairs.flat();
    lines.replaceChildren(...pairs.map((pair) => element("div", { class: "rule-line" }, ...pair.map((cell) => cell.element))));
    fitMath(cells);
    count();
  }, (message) => setText(problem, strings.requestFailed(message)));
  new ResizeObserver(() => { if (root.isOpen) fitMath(cells); }).observe(lines);

  /** The learning rate moves under the hand: its number is written here, without asking anyone. */
  function count(): void {
    const rate = latest?.intent?.descent.learningRate ?? NaN;
    const parts = told?.settings.map(({ symbol, value }) => ({ element: element("span"), tex: `${symbol} = ${inTex(value ?? rate)}` })) ?? [];
    const key = parts.map(({ tex }) => tex).join();
    if (numbers.dataset["shown"] === key) return;
    numbers.dataset["shown"] = key;
    numbers.replaceChildren(...parts.map((part) => part.element));
    fitMath(parts);
  }

  function look(): void {
    if (!root.isOpen || latest?.view.kind !== "ready" || !latest.intent) return;
    const { method, lineSearch, parameters } = latest.intent.descent;
    const { id } = latest.view.objective;
    const question = { objective: id, method, ...(lineSearch ? { lineSearch } : {}), parameters };
    answer.want(JSON.stringify(question), (signal) => actions.ask("equations", question, signal));
    count();
  }

  return {
    element: root.element,
    update(state) {
      latest = state;
      look();
    },
  };
}

/** 1e-8 as 10⁻⁸. */
function inTex(value: number): string {
  const [mantissa = "", exponent] = formatShort(value).replaceAll("−", "-").split("e");
  if (exponent === undefined) return mantissa;
  return `${mantissa === "1" ? "" : `${mantissa} \\cdot `}10^{${exponent}}`;
}
