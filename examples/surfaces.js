// The same in plain JavaScript, arrays and all.

/** Rosenbrock's valley in any number of dimensions. */
function rosenbrock(x) {
  let sum = 0;
  for (let i = 0; i + 1 < x.length; i++) {
    sum += 100 * (x[i + 1] - x[i] ** 2) ** 2 + (1 - x[i]) ** 2;
  }
  return sum;
}

console.log(rosenbrock([-1.2, 1, -0.5, 0.8]));

const towns = [[0, 0], [4, 1], [1, 3], [5, 5], [2, 6]];

/**
 * Where should the station stand, to be near every town?
 * @start [5, 0]
 */
function totalDistance([x, y]) {
  let total = 0;
  for (const [a, b] of towns) total += Math.hypot(x - a, y - b);
  return total;
}

module.exports = { rosenbrock, totalDistance };
