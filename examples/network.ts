// A small network learns "exclusive or". More than two unknowns: Downhill shows the loss and each weight over the run.

const inputs = [[0, 0], [0, 1], [1, 0], [1, 1]];
const wanted = [0, 1, 1, 0];

/** hidden[j] = [weight of input 0, weight of input 1, bias]; output = one weight a hidden unit, then a bias. */
export function xorLoss(
  hidden: [[number, number, number], [number, number, number], [number, number, number]],
  output: [number, number, number, number],
): number {
  let loss = 0;
  for (let n = 0; n < inputs.length; n++) {
    let z = output[3];
    for (let j = 0; j < 3; j++) {
      const a = hidden[j][0] * inputs[n][0] + hidden[j][1] * inputs[n][1] + hidden[j][2];
      z += output[j] * Math.tanh(a);
    }
    const p = 1 / (1 + Math.exp(-z));
    loss -= wanted[n] * Math.log(p) + (1 - wanted[n]) * Math.log(1 - p);
  }
  return loss / inputs.length;
}
