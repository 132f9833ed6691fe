/** To a number a person would choose: 1, 1.5, 2, 2.5, 3, 4 … 9 times a power of ten, above by no more than a thousandth. */
export function roundedDown(value: number): number {
  const generous = value * 1.001;
  const exponent = Math.floor(Math.log10(generous));
  const mantissa = generous / 10 ** exponent;
  const chosen = mantissa < 3 ? Math.floor(2 * mantissa) / 2 : Math.floor(mantissa);
  return Number(`${chosen}e${exponent}`);
}
