import { element, setAttribute } from "../ui/dom";

type Section = "formula" | "study" | "plot" | "player" | "status" | "loss" | "readout" | "choose" | "parameters" | "experiments" | "notes";

/**
 * What stands in the column of pictures and what beside it, in the order in which it is read and tabbed through. In one column
 * the pictures are a screenful with the numbers among them: what moves while a run is played is seen without scrolling.
 */
const arrangements: Readonly<Record<"one" | "two" | "wide", { pictures: readonly Section[]; side: readonly Section[] }>> = {
  one: { pictures: ["formula", "plot", "player", "status", "readout", "loss"], side: ["study", "choose", "parameters", "experiments", "notes"] },
  two: { pictures: ["plot", "player", "status", "loss"], side: ["formula", "study", "readout", "choose", "parameters", "experiments", "notes"] },
  // Beside a wide map there is room for the loss curve, below it there is not: the map would become a slit.
  wide: { pictures: ["plot", "player", "status"], side: ["formula", "study", "readout", "loss", "choose", "parameters", "experiments", "notes"] },
};

/** Two columns where there is room for both, or where a panel that is as wide as high would have no height for one. */
const twoColumns = (scale: number): string => `(min-width: ${620 * scale}px), (min-width: ${520 * scale}px) and (min-aspect-ratio: 4 / 5)`;
const wideColumns = (scale: number): string => `(min-width: ${1200 * scale}px) and (min-aspect-ratio: 4 / 3)`;

export interface Arrangement {
  /** How much larger than usual everything is written. */
  scale(scale: number): void;
  release(): void;
}

/** Keeps the sections where the panel has room for them. */
export function arrangeSections(stage: HTMLElement, sections: Readonly<Record<Section, HTMLElement>>): Arrangement {
  const pictures = element("div", { class: "pictures" });
  const side = element("div", { class: "side" });
  stage.replaceChildren(pictures, side);
  let [two, wide] = [matchMedia(twoColumns(1)), matchMedia(wideColumns(1))];
  const arrange = (): void => {
    const { activeElement } = document;
    const layout = wide.matches ? "wide" : two.matches ? "two" : "one";
    setAttribute(stage, "data-layout", layout);
    pictures.append(...arrangements[layout].pictures.map((name) => sections[name]));
    side.append(...arrangements[layout].side.map((name) => sections[name]));
    // Whatever is moved in the page loses the focus; but a page that does not have it must not take it from the editor.
    if (document.hasFocus() && activeElement instanceof HTMLElement && activeElement !== document.activeElement) activeElement.focus();
  };
  const release = (): void => {
    for (const query of [two, wide]) query.removeEventListener("change", arrange);
  };
  const listen = (): void => {
    for (const query of [two, wide]) query.addEventListener("change", arrange);
    arrange();
  };
  listen();
  return {
    release,
    scale(scale) {
      release();
      [two, wide] = [matchMedia(twoColumns(scale)), matchMedia(wideColumns(scale))];
      listen();
    },
  };
}
