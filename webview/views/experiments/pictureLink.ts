import { strings } from "../../strings";
import { element } from "../../ui/dom";

/** In one column the picture that an experiment draws on is a screenful away. */
export function pictureLink(lookAtPicture: () => void): HTMLElement {
  const link = element("button", { class: "link to-picture", testid: "to-picture", text: strings.experiments.toPicture, attributes: { type: "button" } });
  link.addEventListener("click", lookAtPicture);
  return link;
}
