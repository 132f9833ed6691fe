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
    if (isKeyOf(event.composedPath()[0], event.key)) return;
    const action = keys[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  };
  target.addEventListener("keydown", press);
  return () => target.removeEventListener("keydown", press);
}

/** Whether the control that has the focus knows the key itself: a button is pressed with two, into a field all can be typed. */
function isKeyOf(node: EventTarget | undefined, key: string): boolean {
  if (!(node instanceof Element)) return false;
  if (node.closest("input, textarea, select, vscode-text-field, vscode-dropdown, vscode-option")) return true;
  return (key === " " || key === "Enter") && node.closest("button, summary, a, vscode-button") !== null;
}
