import type { Player } from "../player";

export interface ShortcutTargets {
  readonly player: Player;
  readonly zoom: (direction: 1 | -1) => void;
  readonly fit: () => void;
}

/** Keys of the whole panel. A control that has the focus keeps the keys it knows itself. */
export function listenForShortcuts(target: Document, { player, zoom, fit }: ShortcutTargets): () => void {
  const keys: Readonly<Record<string, () => void>> = {
    " ": () => player.toggle(),
    ArrowRight: () => player.step(),
    ArrowLeft: () => player.stepBack(),
    Home: () => player.first(),
    End: () => player.toEnd(),
    "+": () => zoom(1),
    "=": () => zoom(1),
    "-": () => zoom(-1),
    "0": fit,
  };
  const press = (event: KeyboardEvent): void => {
    const zoomWithShift = event.key === "+";
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || (event.shiftKey && !zoomWithShift)) return;
    if (hasKeysOfItsOwn(event.composedPath()[0])) return;
    const action = keys[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  };
  target.addEventListener("keydown", press);
  return () => target.removeEventListener("keydown", press);
}

function hasKeysOfItsOwn(node: EventTarget | undefined): boolean {
  if (!(node instanceof Element)) return false;
  return node.closest("input, textarea, select, button, summary, a, vscode-text-field, vscode-dropdown, vscode-option, vscode-button") !== null;
}
