/** 16 × 16, drawn in the current colour, so that every theme and high contrast have them for nothing. */
const paths = {
  play: "M4.5 2.7v10.6L13.2 8z",
  pause: "M4 3h3v10H4zM9 3h3v10H9z",
  stop: "M3.5 3.5h9v9h-9z",
  step: "M3 3v10l6.5-5zM10.5 3h2v10h-2z",
  stepBack: "M13 3v10L6.5 8zM3.5 3h2v10h-2z",
  first: "M2 3h1.8v10H2zM8.6 3v10L4.2 8zM14 3v10L9.6 8z",
  last: "M12.2 3H14v10h-1.8zM7.4 3v10l4.4-5zM2 3v10l4.4-5z",
  zoomIn: "M7.25 3h1.5v4.25H13v1.5H8.75V13h-1.5V8.75H3v-1.5h4.25z",
  zoomOut: "M3 7.25h10v1.5H3z",
  fit: "M2 2h4.5v1.5h-3v3H2zM9.5 2H14v4.5h-1.5v-3h-3zM2 9.5h1.5v3h3V14H2zM12.5 9.5H14V14H9.5v-1.5h3z",
  marks: "M1.5 2.500h7L5 8.500zM3.6 3.700 5 6.100l1.4-2.400zM11 7.500l3.500 6h-7zM11 9.900l-1.4 2.400h2.8zM10.800 1.500l1.700 1.700 1.700-1.700.8.8-1.700 1.700 1.700 1.700-.8.8-1.700-1.700-1.700 1.700-.8-.8 1.700-1.700-1.700-1.700z",
  reset: "M8 3a5 5 0 1 1-4.9 6h1.6A3.5 3.5 0 1 0 8 4.5c-.9 0-1.8.4-2.4 1L7 7H2.5V2.500l2 2A5 5 0 0 1 8 3z",
  check: "M6.4 12.6 2 8.2l1.3-1.3 3.1 3.1 6.30-6.30L14 5z",
  warning: "M8 1.50 15 14H1zM7.25 6v4h1.50V6zm0 5.20v1.50h1.50v-1.50z",
  error: "M8 1.50a6.50 6.50 0 1 1 0 13 6.50 6.50 0 0 1 0-13zM7.25 4.50v4.50h1.50V4.50zm0 5.70v1.50h1.50v-1.50z",
  info: "M8 1.50a6.50 6.50 0 1 1 0 13 6.50 6.50 0 0 1 0-13zM7.25 7v4.70h1.50V7zm0-2.70v1.50h1.50V4.30z",
  question: "M8 1.50a6.50 6.50 0 1 1 0 13 6.50 6.50 0 0 1 0-13zM5.70 6.30h1.50c0-.6.3-.9.8-.9s.8.30.8.70c0 .40-.2.60-.7 1-.6.40-.9.90-.9 1.70v.4h1.50v-.3c0-.4.2-.6.7-1 .6-.4.9-.9.9-1.70C10.30 4.80 9.30 4 8 4S5.70 4.80 5.70 6.30zm1.50 4.20V12h1.60v-1.50z",
  dots: "M2.50 7h2v2h-2zM7 7h2v2H7zM11.50 7h2v2h-2z",
  close: "M3.30 2.30 8 7l4.70-4.70 1 1L9 8l4.70 4.70-1 1L8 9l-4.70 4.70-1-1L7 8 2.30 3.30z",
} as const;

export type IconName = keyof typeof paths;

const svgNamespace = "http://www.w3.org/2000/svg";

export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS(svgNamespace, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("width", "16");
  svg.setAttribute("height", "16");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("fill", "currentColor");
  const path = document.createElementNS(svgNamespace, "path");
  path.setAttribute("d", paths[name]);
  // What is drawn within a filled shape is left out of it.
  path.setAttribute("fill-rule", "evenodd");
  svg.append(path);
  return svg;
}
