import { answer } from "./answer.mjs";

/** Names that jax-js asks the browser for, and Node 20 has not. It only asks whether something is one of them. */
globalThis.navigator ??= {};
globalThis.Float16Array ??= class Float16Array {};
const { init, jit, nn, numpy: np, valueAndGrad } = await import("@jax-js/jax");
await init("wasm");

/** The network of network.ts in jax-js, in double precision (whose exponentials are those of single precision). It counts references by hand. */
answer((take, [inputs, hidden, classes, rows]) => {
  const array = (...shape) => np.array(take(shape.reduce((product, each) => product * each)), { dtype: np.float64 }).reshape(shape);
  const unknowns = [array(hidden, inputs), array(hidden), array(classes, hidden), array(classes)];
  const X = array(rows, inputs), Y = nn.oneHot(array(rows).astype(np.int32), classes).astype(np.float64);
  const loss = ([W1, b1, W2, b2], x, y) => {
    const h = nn.sigmoid(np.matmul(x, np.transpose(W1)).add(b1));
    const z = np.matmul(h, np.transpose(W2)).add(b2);
    return nn.logSoftmax(z).mul(y).sum().mul(-1 / rows);
  };
  const compiled = jit(valueAndGrad(loss));
  return () => {
    const [value, gradient] = compiled(unknowns.map((each) => each.ref), X.ref, Y.ref);
    return { value: value.dataSync()[0], gradient: gradient.map((part) => part.dataSync()) };
  };
});
