import type { CheckSnapshot, ObjectiveSnapshot } from "../../src/shared/protocol";
import { formatShort } from "../format";
import { strings } from "../strings";
import type { State } from "../store";
import { element, setAttribute, setText } from "../ui/dom";
import { icon } from "../ui/icons";
import type { IconName } from "../ui/icons";
import { popover } from "../ui/popover";
import type { View } from "./actions";

const words = strings.check;
const coordinatesShown = 4;

type Verdict = CheckSnapshot["verdict"] | "pending";

/** A shape beside the words: the verdict is not told by colour alone. */
const icons: Record<Verdict, IconName> = { agree: "check", disagree: "warning", unchecked: "question", pending: "dots" };

/** Whether the gradient was found to be right: a word beside it, and behind the word what was compared and how closely. */
export function createCheckView(): View {
  const sheet = popover({ testid: "check", class: "badge", label: words.title });
  const mark = element("span", { class: "badge-mark" });
  const label = element("span", { testid: "check-verdict" });
  sheet.trigger.append(mark, label);
  let shown: CheckSnapshot | ObjectiveSnapshot | undefined;
  return {
    element: element("div", { class: "popover-anchor" }, sheet.trigger, sheet.content),
    update({ view, check }: State) {
      if (view.kind !== "ready") return;
      const { objective } = view;
      // Of the version before nothing can be said about this one.
      const current = check?.objective === objective.id ? check : undefined;
      if ((current ?? objective) === shown) return;
      shown = current ?? objective;
      const verdict = current?.verdict ?? "pending";
      setAttribute(sheet.trigger, "data-verdict", verdict);
      mark.replaceChildren(icon(icons[verdict]));
      setText(label, words.verdict[verdict]);
      sheet.content.replaceChildren(...(current ? report(current, objective) : [element("p", { text: words.pending })]), ...computedBy(objective));
    },
  };
}

function report(check: CheckSnapshot, objective: ObjectiveSnapshot): HTMLElement[] {
  const { verdict, reason, directions, reverseForward, reverseDifference, worst } = check;
  const parts: HTMLElement[] = [element("h2", { text: words.verdict[verdict] })];
  const why = reason === undefined ? (verdict === "agree" ? words.agrees : check.detail) : words.reasons[reason];
  parts.push(element("p", { text: why, testid: "check-reason" }));
  if (directions > 0) {
    parts.push(
      element("p", { text: words.where(pointOf(objective), directions), testid: "check-where" }),
      element(
        "dl", { class: "comparisons" },
        ...comparison(words.forward, reverseForward, "check-forward"), ...comparison(words.differences, reverseDifference, "check-differences"),
      ),
    );
  }
  if (worst) {
    const [reverse, forward, difference] = [worst.reverse, worst.forward, worst.difference].map((value) => formatShort(value, 6));
    parts.push(element("p", { text: words.worst(worst.coordinate, reverse ?? "", forward ?? "", difference ?? ""), testid: "check-worst" }));
  }
  return parts;
}

/** What is checked is what runs. */
function computedBy({ backend }: ObjectiveSnapshot): HTMLElement[] {
  return backend ? [element("p", { class: "quiet", text: words.backends[backend], testid: "backend" })] : [];
}

function comparison(label: string, error: number, testid: string): HTMLElement[] {
  return [
    element("dt", { text: label }),
    element("dd", { testid }, closeness(error), " ", element("span", { class: "number quiet", text: words.relative(formatShort(error, 2)) })),
  ];
}

function closeness(error: number): string {
  if (error === 0) return words.exactly;
  const digits = Math.floor(-Math.log10(error));
  return digits >= 1 ? words.digits(digits) : words.noDigit;
}

function pointOf({ coordinates, start }: ObjectiveSnapshot): string {
  const shown = coordinates.slice(0, coordinatesShown).map((name, i) => `${name} = ${formatShort(start[i] ?? NaN)}`).join(", ");
  return coordinates.length > coordinatesShown ? `${shown}, …` : shown;
}
