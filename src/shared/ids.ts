/** Every name that the manifest and the code must spell alike; a test compares the two. */

export const commands = {
  showGradient: "downhill.showGradient",
  descend: "downhill.descend",
  play: "downhill.play",
  pause: "downhill.pause",
  step: "downhill.step",
  stepBack: "downhill.stepBack",
  first: "downhill.first",
  last: "downhill.last",
} as const;

/** Of the panel: the same for the panel, its serializer, its activation event and its `when` clauses. */
export const panelViewType = "downhill.panel";

/** True while the panel has the focus; its keys work only then. */
export const panelFocusedKey = "downhill.panelFocused";

export const configurationSection = "downhill";

export const settingKeys = {
  timeLimit: "timeLimit",
  debounce: "debounce",
  iterations: "iterations",
} as const;

/** Who says so, in the editor's list of problems. */
export const diagnosticSource = "Downhill";
