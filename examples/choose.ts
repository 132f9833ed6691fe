// What varies and what is data is read off the call below, and can be changed under "Variables and data" in the panel.

const temperature = [14, 16, 18, 20, 22, 24, 26, 28];
const sold = [2.1, 2.6, 3.8, 4.1, 5.3, 5.9, 7.2, 7.6];

/** How far the line slope · (x − center) + level is from the ice cream sold. */
export function iceCream(x: number[], y: number[], slope: number, level: number, center: number): number {
  let total = 0;
  for (let i = 0; i < x.length; i++) {
    total += (slope * (x[i] - center) + level - y[i]) ** 2;
  }
  return total / x.length;
}

iceCream(temperature, sold, 0.1, 2, 20);

/** The unknowns of a method without parameters are the fields it reads. */
export class Spring {
  stiffness = 1;
  rest = 0.5;

  misfit(): number {
    let total = 0;
    for (const [length, force] of [[1, 1.9], [1.5, 3.1], [2, 3.9]]) {
      total += (this.stiffness * (length - this.rest) - force) ** 2;
    }
    return total;
  }
}

/** Its start, 1, lies on a kink. */
export function hinge(margin = 1): number {
  return Math.max(0, 1 - margin);
}
