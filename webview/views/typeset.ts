import katex from "katex";
import { setAttribute, setText } from "../ui/dom";
import { legible } from "./legible";

/**
 * Typesets TeX into an element. Through KaTeX's DOM interface, not its markup: style attributes in markup are stopped by
 * the content security policy, styles set through the object model are not.
 */
export function typeset(target: HTMLElement, tex: string, displayStyle: boolean): void {
  if (target.dataset["tex"] === tex) return;
  target.dataset["tex"] = tex;
  try {
    katex.render(displayStyle ? `\\displaystyle ${legible(tex)}` : legible(tex), target, { throwOnError: true, strict: "ignore", trust: false, maxExpand: 200 });
  } catch (error) {
    // Wrong TeX is our printer's mistake, not the reader's: the formula is still worth showing as it was written.
    setText(target, tex);
    setAttribute(target, "data-typeset-problem", error instanceof Error ? error.message : String(error));
  }
}
