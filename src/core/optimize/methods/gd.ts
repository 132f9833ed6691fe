import { defineMethod } from "../defineMethod";
import { sgd, sgdDefaults } from "./sgd";

export const gd = defineMethod({ ...sgd, id: "gd", title: "Gradient descent", defaults: sgdDefaults });
