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

export const contextKeys = {
  /** There is a panel: commands for it are offered. */
  panelOpen: "downhill.panelOpen",
  /** It has the focus: its keys work. */
  panelFocused: "downhill.panelFocused",
} as const;

/** Where the workspace's memory holds what the panel was last about. */
export const intentMemoryKey = "downhill.intent";

/** Where the editor's memory, of all its windows, holds how the panel was looked at last. */
export const displayMemoryKey = "downhill.display";

export const configurationSection = "downhill";

export const settingKeys = {
  timeLimit: "timeLimit",
  debounce: "debounce",
  iterations: "iterations",
} as const;

/** Who says so, in the editor's list of problems. */
export const diagnosticSource = "Downhill";
