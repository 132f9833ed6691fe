import { floorModulo } from "./arithmetic";
import { erf } from "./numeric/erf";
import { gamma, logGamma } from "./numeric/gamma";
import { digamma, trigamma } from "./numeric/polygamma";
import { logAddExp, logSigmoid, softplus, steady } from "./numeric/sigmoid";

/** What generated JavaScript may call beside `Math`: the `library` of the rules' `javascript` texts. */
export const library = { floorModulo, erf, gamma, logGamma, digamma, trigamma, softplus, logSigmoid, logAddExp, steady } as const;
