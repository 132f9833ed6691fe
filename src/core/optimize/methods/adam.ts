import { defineMethod } from "../defineMethod";
import { adamFamily, adamDefaults } from "./adamFamily";

/** Kingma and Ba 2015. */
export const adam = defineMethod({ ...adamFamily, id: "adam", title: "Adam", defaults: adamDefaults });
