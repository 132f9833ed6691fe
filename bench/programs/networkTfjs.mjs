import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-core/dist/register_all_gradients";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { answer } from "./answer.mjs";

/** The network of network.ts in TensorFlow.js: it knows single precision only. Its threads are for browsers; here they slow it down. */
setWasmPaths(process.env.TFJS_WASM);
tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
await tf.setBackend("wasm");

answer((take, [inputs, hidden, classes, rows]) => {
  const tensor = (...shape) => tf.tensor(Float32Array.from(take(shape.reduce((product, each) => product * each))), shape);
  const unknowns = [[hidden, inputs], [hidden], [classes, hidden], [classes]].map((shape) => tf.variable(tensor(...shape)));
  const [W1, b1, W2, b2] = unknowns;
  const X = tensor(rows, inputs), Y = tf.oneHot(tf.cast(tensor(rows), "int32"), classes);
  const loss = () => {
    const h = tf.sigmoid(tf.add(tf.matMul(X, W1, false, true), b1));
    const z = tf.add(tf.matMul(h, W2, false, true), b2);
    return tf.mul(-1 / rows, tf.sum(tf.mul(Y, tf.logSoftmax(z))));
  };
  return () => {
    const { value, grads } = tf.variableGrads(loss);
    const found = { value: value.dataSync()[0], gradient: unknowns.map(({ name }) => grads[name].dataSync()) };
    tf.dispose([value, grads]);
    return found;
  };
});
