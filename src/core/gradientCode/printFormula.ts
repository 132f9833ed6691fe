import { latexName, mathName } from "../print/names";
import { SourceError } from "../source/diagnostic";
import type { Objective } from "../objective";
import type { FunctionInfo } from "../source/program";

/** The partial derivatives as mathematics. Throws SourceError where the function has no formula. */
export function printFormula({ formula, noFormula = "", coordinates }: Objective, info: FunctionInfo, dialect: "latex" | "math"): string {
  if (!formula) {
    throw new SourceError([{
      code: "E130", message: `The gradient of ${info.name} cannot be printed as a formula. ${noFormula}`,
      hint: "Print it as TypeScript, JavaScript or Python: there the loops are kept.", severity: "error", range: info.range,
    }]);
  }
  const { gradient } = formula;
  const name = /^[\p{L}_]/u.test(info.name) ? info.name : "f";
  if (dialect === "math") return coordinates.map((path, i) => `d${mathName(name)}/d${mathName(path)} = ${gradient[i]?.math() ?? "0"}`).join("\n");
  const f = latexName(name);
  const d = coordinates.length === 1 ? "d" : "\\partial";
  const rows = coordinates.map((path, i) => `\\frac{${d} ${f}}{${d} ${latexName(path)}} &= ${gradient[i]?.latex() ?? "0"}`);
  const [only] = rows;
  return rows.length === 1 && only !== undefined ? only.replace("&= ", "= ") : `\\begin{aligned}\n${rows.join(" \\\\\n")}\n\\end{aligned}`;
}
