/** Red, green, blue in 0…255. */
export type Rgb = readonly [number, number, number];

/** The forms in which VS Code writes its theme colours; alpha is flattened onto `under`. */
export function parseColour(text: string, under: Rgb): Rgb | undefined {
  const cleaned = text.trim();
  const hex = /^#([0-9a-f]{3,8})$/i.exec(cleaned)?.[1];
  if (hex) {
    const wide = hex.length <= 4 ? hex.replace(/./g, "$&$&") : hex;
    if (wide.length !== 6 && wide.length !== 8) return undefined;
    const channel = (at: number): number => Number.parseInt(wide.slice(at, at + 2), 16);
    const alpha = wide.length === 8 ? channel(6) / 255 : 1;
    return mix(under, [channel(0), channel(2), channel(4)], alpha);
  }
  const parts = /^rgba?\(([^)]+)\)$/i.exec(cleaned)?.[1]?.split(/[\s,/]+/).filter(Boolean).map(Number);
  if (!parts) return undefined;
  const [red, green, blue, alpha = 1] = parts;
  if (red === undefined || green === undefined || blue === undefined || parts.some(Number.isNaN)) return undefined;
  return mix(under, [red, green, blue], alpha);
}

export function mix(from: Rgb, to: Rgb, amount: number): Rgb {
  const channel = (a: number, b: number): number => Math.round(a + (b - a) * amount);
  return [channel(from[0], to[0]), channel(from[1], to[1]), channel(from[2], to[2])];
}

export function css(colour: Rgb, alpha = 1): string {
  return alpha === 1 ? `rgb(${colour.join(" ")})` : `rgb(${colour.join(" ")} / ${alpha})`;
}

/** WCAG 2 relative luminance. */
export function luminance(colour: Rgb): number {
  const linear = (channel: number): number => {
    const scaled = channel / 255;
    return scaled <= 0.04045 ? scaled / 12.92 : ((scaled + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(colour[0]) + 0.7152 * linear(colour[1]) + 0.0722 * linear(colour[2]);
}

/** WCAG 2 contrast ratio, 1…21. */
export function contrast(a: Rgb, b: Rgb): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}
