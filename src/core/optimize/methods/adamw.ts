import { defineMethod } from "../defineMethod";
import { adamDefaults, adamFamily } from "./adamFamily";

/** Loshchilov and Hutter 2019: Adam with the decay taken out of the gradient. */
export const adamw = defineMethod({
  ...adamFamily,
  id: "adamw",
  title: "AdamW",
  defaults: { ...adamDefaults, weightDecay: 1e-2, decoupledWeightDecay: true },
});
