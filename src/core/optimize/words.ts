/** A number for a sentence: two or three digits are what a reader takes in. */
export function inWords(value: number, digits = 2): string {
  if (Number.isNaN(value)) return "not a number";
  if (!Number.isFinite(value)) return value > 0 ? "infinite" : "minus infinity";
  return Number(value.toPrecision(digits)).toString().replace("e+", "e");
}

export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
