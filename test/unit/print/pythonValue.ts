/** Evaluates the Python expressions that the printer writes, by Python's own precedence: a reader for tests alone. */
export function pythonValue(text: string, names: ReadonlyMap<string, number>): number {
  const reader = new Reader([...text.matchAll(/\d+(?:\.\d+)?(?:e[+-]?\d+)?|[\p{L}_][\p{L}\p{N}_.]*|\*\*|<=|>=|==|!=|\/\/|[-+*/%(),<>]/gu)].map((found) => found[0]), names);
  const value = reader.conditional();
  if (!reader.isAtEnd) throw new Error(`Python would stop before the end of ${text}`);
  return value;
}

const { abs, max, min, sign, sqrt, cbrt, exp, expm1, log, log1p, log2, log10, sin, cos, tan, asin, acos, atan, atan2, sinh, cosh, tanh, asinh, acosh, atanh, floor, ceil, trunc, hypot } = Math;
/** TypeError where Python would throw one. */
const two = (of: (a: number, b: number) => number) => (...args: number[]): number => {
  const [a, b] = args;
  if (args.length !== 2 || a === undefined || b === undefined) throw new TypeError("Takes two arguments");
  return of(a, b);
};
const functions: Record<string, (...args: number[]) => number> = {
  "np.abs": abs, "np.sign": sign, "np.sqrt": sqrt, "np.cbrt": cbrt, "np.exp": exp, "np.expm1": expm1, "np.log": log, "np.log1p": log1p, "np.log2": log2, "np.log10": log10,
  "np.sin": sin, "np.cos": cos, "np.tan": tan, "np.arcsin": asin, "np.arccos": acos, "np.arctan": atan, "np.arctan2": atan2, "np.sinh": sinh, "np.cosh": cosh, "np.tanh": tanh,
  "np.arcsinh": asinh, "np.arccosh": acosh, "np.arctanh": atanh, "np.floor": floor, "np.ceil": ceil, "np.trunc": trunc, "np.hypot": two(hypot), "np.fmod": (a = 0, b = 1) => a % b,
  "np.maximum": max, "np.minimum": min, max, min, abs, "np.logaddexp": (a = 0, b = 0) => max(a, b) + log1p(exp(-abs(a - b))),
};
const constants: Record<string, number> = { "np.pi": Math.PI, "np.e": Math.E, "np.inf": Infinity };

class Reader {
  private at = 0;

  constructor(private readonly tokens: readonly string[], private readonly names: ReadonlyMap<string, number>) {}

  get isAtEnd(): boolean {
    return this.at === this.tokens.length;
  }

  conditional(): number {
    const value = this.or();
    if (!this.take("if")) return value;
    const condition = this.or();
    this.expect("else");
    const otherwise = this.conditional();
    return condition ? value : otherwise;
  }

  private or(): number {
    let value = this.and();
    while (this.take("or")) value = this.and() || value;
    return value;
  }

  private and(): number {
    let value = this.not();
    while (this.take("and")) value = this.not() && value;
    return value;
  }

  private not(): number {
    return this.take("not") ? Number(!this.not()) : this.comparison();
  }

  private comparison(): number {
    const left = this.sum();
    const sign = ["<=", ">=", "==", "!=", "<", ">"].find((candidate) => this.take(candidate));
    if (sign === undefined) return left;
    const right = this.sum();
    return Number(sign === "<" ? left < right : sign === ">" ? left > right : sign === "<=" ? left <= right : sign === ">=" ? left >= right : sign === "==" ? left === right : left !== right);
  }

  private sum(): number {
    let value = this.product();
    for (;;) {
      if (this.take("+")) value += this.product();
      else if (this.take("-")) value -= this.product();
      else return value;
    }
  }

  private product(): number {
    let value = this.unary();
    for (;;) {
      if (this.take("*")) value *= this.unary();
      else if (this.take("/")) value /= this.unary();
      else if (this.take("%")) {
        const divisor = this.unary();
        value = value - divisor * floor(value / divisor);
      } else return value;
    }
  }

  private unary(): number {
    if (this.take("-")) return -this.unary();
    return this.power();
  }

  /** Binds tighter than a sign on its left, and less than one on its right. */
  private power(): number {
    const base = this.atom();
    return this.take("**") ? base ** this.unary() : base;
  }

  private atom(): number {
    const token = this.tokens[this.at++] ?? "";
    if (token === "(") {
      const value = this.conditional();
      this.expect(")");
      return value;
    }
    if (/^\d/.test(token)) return Number(token);
    if (this.take("(")) {
      const args = [this.conditional()];
      while (this.take(",")) args.push(this.conditional());
      this.expect(")");
      const called = functions[token];
      if (!called) throw new Error(`There is no ${token} in NumPy`);
      return called(...args);
    }
    const value = constants[token] ?? this.names.get(token);
    if (value === undefined) throw new Error(`Python would not know ${token}`);
    return value;
  }

  private take(token: string): boolean {
    if (this.tokens[this.at] !== token) return false;
    this.at++;
    return true;
  }

  private expect(token: string): void {
    if (!this.take(token)) throw new Error(`Python would expect ${token} instead of ${this.tokens[this.at] ?? "the end"}`);
  }
}
