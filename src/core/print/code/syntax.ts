import type { CodeLanguage } from "./parameters";

/** How a language spells statements; expressions are printed elsewhere. */
export interface Syntax {
  readonly dialect: "typescript" | "python";
  readonly end: string;
  declare(kind: "const" | "let", name: string, value: string): string;
  ifHead(condition: string): string;
  readonly elseHead: string;
  whileHead(condition: string): string;
  forHead(index: string, from: string, to: string, step: number): string;
  readonly close: string | undefined;
  readonly leaveLoop: string;
  fail(message: string): string;
  push(stack: string, value: string): string;
  pop(stack: string): string;
  /** A list of numbers of this shape, all the same. */
  filled(shape: readonly number[], value: string, element?: "f64" | "i32"): string;
  /** A list made by repeating what `item` makes. */
  repeated(length: number, item: string): string;
  list(items: readonly string[]): string;
  record(fields: readonly (readonly [string, string])[]): string;
  emptyStack(name: string): string;
  fill(name: string, shape: readonly number[], value: string): string;
  comment(text: string): string;
}

const key = (name: string): string => (/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name) ? name : JSON.stringify(name));

function braces(isTyped: boolean): Syntax {
  const filled = (shape: readonly number[], value: string): string => {
    const [length = 0, ...rest] = shape;
    if (rest.length > 0) return `Array.from({ length: ${length} }, () => ${filled(rest, value)})`;
    return `new Array${isTyped ? "<number>" : ""}(${length}).fill(${value})`;
  };
  return {
    dialect: "typescript", end: ";", close: "}", elseHead: "} else {", leaveLoop: "break;",
    declare: (kind, name, value) => `${kind} ${name} = ${value};`,
    ifHead: (condition) => `if (${condition}) {`,
    whileHead: (condition) => `while (${condition}) {`,
    forHead: (index, from, to, step) => {
      const [below, next] = step > 0 ? ["<", step === 1 ? `${index}++` : `${index} += ${step}`] : [">", step === -1 ? `${index}--` : `${index} -= ${-step}`];
      // The bound itself is read more easily than the number next to it.
      const [, whole = "", sign = ""] = /^([\p{L}\p{N}_$]+) ([+-]) 1$/u.exec(to) ?? [];
      const inclusive = (step === 1 && sign === "+") || (step === -1 && sign === "-");
      const test = step < 0 && to === "-1" ? `${index} >= 0` : inclusive ? `${index} ${below}= ${whole}` : `${index} ${below} ${to}`;
      return `for (let ${index} = ${from}; ${test}; ${next}) {`;
    },
    fail: (message) => `throw new RangeError(${JSON.stringify(message)});`,
    push: (stack, value) => `${stack}.push(${value});`,
    pop: (stack) => (isTyped ? `${stack}.pop() ?? 0` : `${stack}.pop()`),
    filled,
    repeated: (length, item) => `Array.from({ length: ${length} }, () => ${item.startsWith("{") ? `(${item})` : item})`,
    list: (items) => `[${items.join(", ")}]`,
    record: (fields) => `{ ${fields.map(([name, value]) => (name === value ? name : `${key(name)}: ${value}`)).join(", ")} }`,
    emptyStack: (name) => (isTyped ? `const ${name}: number[] = [];` : `const ${name} = [];`),
    fill: (name, shape, value) => {
      if (shape.length <= 1) return `${name}.fill(${value});`;
      return `for (const row of ${name}${shape.length > 2 ? `.flat(${shape.length - 2})` : ""}) row.fill(${value});`;
    },
    comment: (text) => `// ${text}`,
  };
}

const python: Syntax = {
  dialect: "python", end: "", close: undefined, elseHead: "else:", leaveLoop: "break",
  declare: (_kind, name, value) => `${name} = ${value}`,
  ifHead: (condition) => `if ${condition}:`,
  whileHead: (condition) => `while ${condition}:`,
  forHead: (index, from, to, step) => {
    const range = step !== 1 ? `${from}, ${to}, ${step}` : from === "0" ? to : `${from}, ${to}`;
    return `for ${index} in range(${range}):`;
  },
  fail: (message) => `raise ValueError(${JSON.stringify(message)})`,
  push: (stack, value) => `${stack}.append(${value})`,
  pop: (stack) => `${stack}.pop()`,
  filled: (shape, value, element = "f64") => {
    const size = `${shape.length === 1 ? String(shape[0] ?? 0) : `(${shape.join(", ")})`}${element === "i32" ? ", dtype=int" : ""}`;
    return value === "0" ? `np.zeros(${size})` : `np.full(${size}, ${value})`;
  },
  repeated: (length, item) => `[${item} for _ in range(${length})]`,
  list: (items) => `[${items.join(", ")}]`,
  record: (fields) => `{${fields.map(([name, value]) => `${JSON.stringify(name)}: ${value}`).join(", ")}}`,
  emptyStack: (name) => `${name} = []`,
  fill: (name, _shape, value) => `${name}[...] = ${value}`,
  comment: (text) => `# ${text}`,
};

export const syntaxOf = (language: CodeLanguage): Syntax => (language === "python" ? python : braces(language === "typescript"));
