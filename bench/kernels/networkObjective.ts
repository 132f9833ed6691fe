import type { Objective } from "../../src/core/index";
import { networkArguments } from "../engine/data";
import { read } from "../engine/source";

/** The network 784-100-10 over a batch of 64. */
export const networkObjective = (): Objective => read("network", "network", networkArguments(784, 100, 10, 64), ["W1", "b1", "W2", "b2"], { backend: "wasm" });
