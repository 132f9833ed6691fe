import { element, setAttribute, show } from "./dom";

/** An entry of an outline: what stands in its line, and the entries beneath it. */
export interface TreeEntry {
  readonly content: HTMLElement;
  readonly open: boolean;
  readonly children: readonly TreeEntry[];
}

export interface Tree {
  readonly element: HTMLElement;
  set(entries: readonly TreeEntry[]): void;
}

/**
 * An outline as screen readers and keyboards know it: one stop for Tab; up and down go through what is in sight, right opens and
 * goes in, left closes and goes out, Home and End lead to the ends, Enter and Space open and close.
 */
export function tree(options: { readonly label: string; readonly testid: string; readonly onToggle: () => void }): Tree {
  const root = element("ul", { class: "tree", testid: options.testid, attributes: { role: "tree", "aria-label": options.label } });

  const items = (): HTMLElement[] => [...root.querySelectorAll<HTMLElement>('[role="treeitem"]')].filter((item) => !item.parentElement?.closest('[role="group"][hidden]'));

  function item({ content, open, children }: TreeEntry, level: number): HTMLElement {
    const twistie = element("span", { class: "twistie", attributes: { "aria-hidden": "true" } });
    const line = element("div", { class: "tree-line" }, twistie, content);
    const node = element("li", { attributes: { role: "treeitem", "aria-level": String(level), tabindex: "-1" } }, line);
    if (children.length > 0) {
      const group = element("ul", { attributes: { role: "group" } }, ...children.map((child) => item(child, level + 1)));
      group.hidden = !open;
      node.setAttribute("aria-expanded", String(open));
      node.append(group);
      line.addEventListener("click", (event) => {
        // Text that was selected with the mouse is to be copied, not folded away.
        if (getSelection()?.isCollapsed === false) return;
        event.stopPropagation();
        focus(node);
        expand(node, node.getAttribute("aria-expanded") !== "true");
      });
    }
    return node;
  }

  function expand(node: HTMLElement, open: boolean): void {
    const group = node.querySelector<HTMLElement>(':scope > [role="group"]');
    if (!group) return;
    setAttribute(node, "aria-expanded", String(open));
    show(group, open);
    options.onToggle();
  }

  function focus(node: HTMLElement | undefined): void {
    if (!node) return;
    for (const other of root.querySelectorAll('[role="treeitem"][tabindex="0"]')) other.setAttribute("tabindex", "-1");
    node.setAttribute("tabindex", "0");
    node.focus();
  }

  function press(node: HTMLElement, key: string): boolean {
    const all = items();
    const at = all.indexOf(node);
    const expanded = node.getAttribute("aria-expanded");
    const out = node.parentElement?.closest<HTMLElement>('[role="treeitem"]');
    switch (key) {
      case "ArrowDown": focus(all[at + 1]); return true;
      case "ArrowUp": focus(all[at - 1]); return true;
      case "Home": focus(all[0]); return true;
      case "End": focus(all.at(-1)); return true;
      case "ArrowRight":
        if (expanded === "true") focus(all[at + 1]);
        else expand(node, true);
        return true;
      case "ArrowLeft":
        if (expanded === "true") expand(node, false);
        else focus(out ?? undefined);
        return true;
      case "Enter":
      case " ":
        if (expanded !== null) expand(node, expanded !== "true");
        return true;
      default: return false;
    }
  }

  root.addEventListener("keydown", (event) => {
    const { target } = event;
    const node = target instanceof HTMLElement && target.getAttribute("role") === "treeitem" ? target : undefined;
    if (!node || event.ctrlKey || event.metaKey || event.altKey || !press(node, event.key)) return;
    // The same keys move the player elsewhere.
    event.preventDefault();
    event.stopPropagation();
  });

  return {
    element: root,
    set(entries) {
      root.replaceChildren(...entries.map((entry) => item(entry, 1)));
      items()[0]?.setAttribute("tabindex", "0");
    },
  };
}
