import type { ObjectiveSnapshot } from "../../src/shared/protocol";
import type { HessianSnapshot } from "../../src/shared/questions";
import { inquiry } from "../inquiry";
import { strings } from "../strings";
import { element, setText, show } from "../ui/dom";
import { fold } from "../ui/fold";
import type { Actions, View } from "./actions";
import { fitMath, type MathCell } from "./fitMath";
import { fitRows } from "./fitRows";
import { secondPartialLatex } from "./partialLatex";
import { symbolOf } from "./symbolOf";
import { typeset } from "./typeset";
import { whereLine } from "./whereLine";

const words = strings.hessian;

/** The second derivatives: a matrix where there is room for one, otherwise one below the other. */
export function createHessianView(actions: Actions): View {
  const matrix = element("div", { class: "matrix", testid: "hessian-matrix" });
  const rows = element("div", { class: "formula-rows", testid: "hessian-rows" });
  const where = element("div", { testid: "hessian-where" });
  const problem = element("p", { class: "quiet", testid: "hessian-problem" });
  const body = element("div", { class: "fold-body" }, matrix, rows, where, problem);
  const root = fold({ title: words.title, testid: "hessian", onToggle: (open) => { if (open) look(); } }, body);
  let objective: ObjectiveSnapshot | undefined;
  let cells: readonly MathCell[] = [];
  let definitions: readonly MathCell[] = [];

  function fit(): void {
    if (cells.length === 0 || !root.isOpen) return;
    show(matrix, true);
    const fits = cells.length > 1 && matrix.scrollWidth <= matrix.clientWidth + 1;
    show(matrix, fits);
    show(rows, !fits);
    if (!fits) fitRows(rows, cells);
    fitMath(definitions);
  }
  new ResizeObserver(fit).observe(body);

  const told = inquiry<HessianSnapshot | null>((answer) => {
    if (!objective) return;
    const entries = answer?.entries;
    setText(problem, entries ? "" : words.tooLong);
    const { coordinates, name } = objective;
    const symbol = symbolOf(name);
    const made: MathCell[] = [];
    const lines = (entries ?? []).flatMap((row, i) => row.slice(i).map((entry, k) => {
      const [left, right] = [element("span", { class: "formula-left" }), element("span", { class: "formula-right" })];
      typeset(left, `${secondPartialLatex(coordinates, i, i + k, symbol)} =`, true);
      made.push({ element: right, tex: entry });
      return element("div", { class: "formula-row", testid: "hessian-entry" }, left, right);
    }));
    const named: MathCell[] = [];
    rows.replaceChildren(...lines);
    where.replaceChildren(...(answer && answer.where.length > 0 ? [whereLine(answer.where, named)] : []));
    [cells, definitions] = [made, named];
    typeset(matrix, entries ? matrixLatex(symbol, entries) : "", true);
    show(matrix, false);
    show(rows, entries !== undefined);
    fit();
  }, (message) => setText(problem, strings.requestFailed(message)));

  function look(): void {
    if (!objective || !root.isOpen) return;
    const { id } = objective;
    told.want(String(id), (signal) => actions.ask("hessian", { objective: id }, signal));
  }

  return {
    element: root.element,
    update({ view }) {
      if (view.kind !== "ready" || view.objective === objective) return;
      objective = view.objective;
      show(root.element, objective.offers?.includes("hessian") === true);
      look();
    },
  };
}

/** Fractions within a matrix would be set small, as in a line of text: here they are what is to be read. */
function matrixLatex(symbol: string, entries: readonly (readonly string[])[]): string {
  const rows = entries.map((row) => row.map((entry) => `\\displaystyle ${entry}`).join(" & "));
  // Entries of more than a line's height would touch from row to row.
  const gap = rows.some((row) => /\\(?:frac|sum|prod)/.test(row)) ? "1em" : "0.4em";
  return `H_{${symbol}} = \\nobreak \\begin{pmatrix} ${rows.join(` \\\\[${gap}] `)} \\end{pmatrix}`;
}
