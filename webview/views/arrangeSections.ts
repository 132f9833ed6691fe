import { element, setAttribute } from "../ui/dom";

type Section = "formula" | "plot" | "player" | "status" | "loss" | "readout" | "choose" | "parameters" | "notes";

/**
 * What stands in the column of pictures and what beside it, in the order in which it is read and tabbed through. In one column
 * the pictures are a screenful with the numbers among them: what moves while a run is played is seen without scrolling.
 */
const arrangements: Readonly<Record<"one" | "two" | "wide", { pictures: readonly Section[]; side: readonly Section[] }>> = {
  one: { pictures: ["formula", "plot", "player", "status", "readout", "loss"], side: ["choose", "parameters", "notes"] },
  two: { pictures: ["plot", "player", "status", "loss"], side: ["formula", "readout", "choose", "parameters", "notes"] },
  // Beside a wide map there is room for the loss curve, below it there is not: the map would become a slit.
  wide: { pictures: ["plot", "player", "status"], side: ["formula", "readout", "loss", "choose", "parameters", "notes"] },
};

/** Two columns where there is room for both, or where a panel that is as wide as high would have no height for one. */
const twoColumns = "(min-width: 620px), (min-width: 520px) and (min-aspect-ratio: 4 / 5)";
const wideColumns = "(min-width: 1200px) and (min-aspect-ratio: 4 / 3)";

/** Keeps the sections where the panel has room for them. Returns how to stop. */
export function arrangeSections(stage: HTMLElement, sections: Readonly<Record<Section, HTMLElement>>): () => void {
  const pictures = element("div", { class: "pictures" });
  const side = element("div", { class: "side" });
  stage.replaceChildren(pictures, side);
  const [two, wide] = [matchMedia(twoColumns), matchMedia(wideColumns)];
  const arrange = (): void => {
    const layout = wide.matches ? "wide" : two.matches ? "two" : "one";
    setAttribute(stage, "data-layout", layout);
    pictures.append(...arrangements[layout].pictures.map((name) => sections[name]));
    side.append(...arrangements[layout].side.map((name) => sections[name]));
  };
  for (const query of [two, wide]) query.addEventListener("change", arrange);
  arrange();
  return () => {
    for (const query of [two, wide]) query.removeEventListener("change", arrange);
  };
}
