import { defineMethod } from "../defineMethod";
import { sgd, sgdDefaults } from "./sgd";

/** Nesterov's momentum in PyTorch's form (Sutskever et al. 2013), with the customary 0.9. */
export const nesterov = defineMethod({
  ...sgd,
  id: "nesterov",
  title: "Nesterov",
  defaults: { ...sgdDefaults, momentum: 0.9, nesterov: true },
});
