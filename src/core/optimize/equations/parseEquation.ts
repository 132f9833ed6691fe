/** The plain mathematics that methods write their updates in (see `Equation`): a tree of it. */
export type Term =
  | { readonly kind: "number"; readonly text: string }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "call"; readonly name: string; readonly args: readonly Term[] }
  | { readonly kind: "negative"; readonly of: Term }
  | { readonly kind: "transposed"; readonly of: Term }
  | { readonly kind: "binary"; readonly operator: Operator; readonly left: Term; readonly right: Term }
  | { readonly kind: "cases"; readonly condition: Term; readonly yes: Term; readonly no: Term };

export type Operator = "+" | "-" | "*" | "/" | "^" | "==" | ">" | "<";

const token = /\s*(\d+(?:\.\d+)?|[A-Za-z]\w*|==|[-+*/^()?:,'<>])/y;
/** From the loosest to the tightest; of one level, from the left. */
const levels: readonly (readonly Operator[])[] = [["==", ">", "<"], ["+", "-"], ["*", "/"]];

export function parseEquation(text: string): Term {
  const tokens: string[] = [];
  for (token.lastIndex = 0; token.lastIndex < text.trimEnd().length;) {
    const at = token.lastIndex;
    const [, found] = token.exec(text) ?? [];
    if (found === undefined) throw new Error(`"${text.slice(at)}" is not mathematics of a method.`);
    tokens.push(found);
  }
  let next = 0;
  const take = (expected: string): boolean => {
    if (tokens[next] !== expected) return false;
    next++;
    return true;
  };
  const need = (expected: string): void => {
    if (!take(expected)) throw new Error(`"${expected}" is missing in "${text}".`);
  };

  function whole(): Term {
    const condition = level(0);
    if (!take("?")) return condition;
    const yes = whole();
    need(":");
    return { kind: "cases", condition, yes, no: whole() };
  }

  function level(depth: number): Term {
    const operators = levels[depth];
    if (!operators) return signed();
    let left = level(depth + 1);
    for (;;) {
      const operator = operators.find(take);
      if (operator === undefined) return left;
      left = { kind: "binary", operator, left, right: level(depth + 1) };
    }
  }

  function signed(): Term {
    return take("-") ? { kind: "negative", of: signed() } : power();
  }

  function power(): Term {
    const base = transposed();
    return take("^") ? { kind: "binary", operator: "^", left: base, right: signed() } : base;
  }

  function transposed(): Term {
    const of = atom();
    return take("'") ? { kind: "transposed", of } : of;
  }

  function atom(): Term {
    if (take("(")) {
      const inner = whole();
      need(")");
      return inner;
    }
    const found = tokens[next++] ?? "";
    if (/^\d/.test(found)) return { kind: "number", text: found };
    if (!/^[A-Za-z]/.test(found)) throw new Error(`Something is missing before "${found}" in "${text}".`);
    if (!take("(")) return { kind: "name", name: found };
    const args = [whole()];
    while (take(",")) args.push(whole());
    need(")");
    return { kind: "call", name: found, args };
  }

  const term = whole();
  if (next < tokens.length) throw new Error(`"${tokens[next]}" is too much in "${text}".`);
  return term;
}

/** Every name that occurs, in order. */
export function namesIn(term: Term): string[] {
  switch (term.kind) {
    case "number": return [];
    case "name": return [term.name];
    case "call": return term.args.flatMap(namesIn);
    case "negative":
    case "transposed": return namesIn(term.of);
    case "binary": return [...namesIn(term.left), ...namesIn(term.right)];
    case "cases": return [...namesIn(term.condition), ...namesIn(term.yes), ...namesIn(term.no)];
  }
}
