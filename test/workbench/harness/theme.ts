/** The four kinds of theme an editor can have: its name in the settings and in the picker, and the class the workbench wears. */
export const themes = {
  light: { setting: "Default Light Modern", label: "Light Modern", className: "vs" },
  dark: { setting: "Default Dark Modern", label: "Dark Modern", className: "vs-dark" },
  highContrast: { setting: "Default High Contrast", label: "Dark High Contrast", className: "hc-black" },
  highContrastLight: { setting: "Default High Contrast Light", label: "Light High Contrast", className: "hc-light" },
} as const;

export type ThemeName = keyof typeof themes;
