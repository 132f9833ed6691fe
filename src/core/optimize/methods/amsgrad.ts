import { defineMethod } from "../defineMethod";
import { adamDefaults, adamFamily } from "./adamFamily";

/** Reddi, Kale, Kumar 2018: Adam whose rates never grow back. */
export const amsgrad = defineMethod({
  ...adamFamily,
  id: "amsgrad",
  title: "AMSGrad",
  defaults: { ...adamDefaults, amsgrad: true },
});
