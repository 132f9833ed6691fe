import { defineMethod } from "../defineMethod";
import { sgd, sgdDefaults } from "./sgd";

/** The heavy ball. PyTorch's momentum is 0 until asked for; who asks for this method asks for the customary 0.9. */
export const momentum = defineMethod({
  ...sgd,
  id: "momentum",
  title: "Momentum",
  defaults: { ...sgdDefaults, momentum: 0.9 },
});
