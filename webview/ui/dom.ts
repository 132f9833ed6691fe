export interface ElementOptions {
  readonly class?: string;
  readonly text?: string;
  readonly testid?: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

/** An element with its children, without markup in strings: nothing that is shown is ever parsed as HTML. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag, options: ElementOptions = {}, ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const node = document.createElement(tag);
  if (options.class !== undefined) node.className = options.class;
  if (options.testid !== undefined) node.dataset["testid"] = options.testid;
  for (const [name, value] of Object.entries(options.attributes ?? {})) node.setAttribute(name, value);
  if (options.text !== undefined) node.textContent = options.text;
  node.append(...children);
  return node;
}

/** Writes only what changed: live regions speak on every write, and layout is not free. */
export function setText(node: Element, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}

export function setAttribute(node: Element, name: string, value: string): void {
  if (node.getAttribute(name) !== value) node.setAttribute(name, value);
}

export function show(node: HTMLElement, visible: boolean): void {
  if (node.hidden === visible) node.hidden = !visible;
}

/** A name that may be too long for its place: the whole of it is in the tooltip. */
export function named<Tag extends "th" | "span">(tag: Tag, name: string, options: ElementOptions = {}): HTMLElementTagNameMap[Tag] {
  // Isolated, because what cuts its beginning off is that the place reads from right to left.
  const isolated = element("bdi", { text: name });
  return element(tag, {
    ...options, class: `tail ${options.class ?? ""}`.trim(), attributes: { ...options.attributes, title: name },
  }, isolated);
}

let ids = 0;

export function uniqueId(prefix: string): string {
  return `${prefix}-${ids++}`;
}
