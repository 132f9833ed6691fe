import { evaluate, type Environment } from "./evaluate";
import { flatIndex, sizeOf } from "./shape";
import type { ArrayVariable, Block, Expression, IrFunction, Local, Numbers, Statement, Trap } from "./types";

export interface Interpretation {
  /** NaN where a trap was reached. */
  value: number;
  trap?: Pick<Trap, "code" | "message" | "span">;
}

export interface InterpreterOptions {
  /** Told of every f64 a statement computes, in order: how the first NaN of a program is found. */
  observe?: (value: number, statement: Statement, evaluate: (expression: Expression) => number) => void;
}

/**
 * Runs IR directly. It is slow and plain on purpose: what it computes is what the IR means, and every backend is tested
 * against it. Regions of role "output" are written into `output`.
 */
export function interpret(fn: IrFunction, x: Float64Array, output: Float64Array = new Float64Array(0), options: InterpreterOptions = {}): Interpretation {
  return new Interpreter(fn, x, output, options).run();
}

class Trapped extends Error {
  constructor(readonly trap: Pick<Trap, "code" | "message" | "span">) {
    super(trap.message);
  }
}

type Memory = Numbers;

class Interpreter implements Environment {
  private readonly locals = new Map<Local, number>();
  private readonly memory = new Map<ArrayVariable, Memory>();
  private readonly stacks = new Map<ArrayVariable, number[]>();

  constructor(
    private readonly fn: IrFunction, x: Float64Array, output: Float64Array, private readonly options: InterpreterOptions,
  ) {
    output.fill(0);
    for (const { local, offset } of fn.scalars) this.locals.set(local, x[offset] ?? NaN);
    for (const array of fn.arrays) {
      if (array.role.kind === "stack") this.stacks.set(array, []);
      else this.memory.set(array, allocate(array, x, output));
    }
  }

  run(): Interpretation {
    try {
      this.block(this.fn.body);
      return { value: evaluate(this.fn.result, this) };
    } catch (error) {
      if (error instanceof Trapped) return { value: NaN, trap: error.trap };
      throw error;
    }
  }

  local(local: Local): number {
    return this.locals.get(local) ?? 0;
  }

  element(array: ArrayVariable, indices: readonly number[]): number {
    return this.memoryOf(array)[flatIndex(array, indices)] ?? (array.element === "f64" ? NaN : 0);
  }

  private memoryOf(array: ArrayVariable): Memory {
    const memory = this.memory.get(array);
    if (!memory) throw new Error(`"${array.name}" is not among the function's arrays.`);
    return memory;
  }

  private stackOf(stack: ArrayVariable): number[] {
    const values = this.stacks.get(stack);
    if (!values) throw new Error(`"${stack.name}" is not among the function's stacks.`);
    return values;
  }

  private at(array: ArrayVariable, indices: readonly Expression[]): number {
    return flatIndex(array, indices.map((index) => evaluate(index, this)));
  }

  private block(block: Block): void {
    for (const statement of block) this.statement(statement);
  }

  private statement(statement: Statement): void {
    const compute = (expression: Expression): number => {
      const value = evaluate(expression, this);
      this.options.observe?.(value, statement, (e) => evaluate(e, this));
      return value;
    };
    switch (statement.kind) {
      case "assign":
        this.locals.set(statement.local, compute(statement.value));
        return;
      case "store":
        this.memoryOf(statement.array)[this.at(statement.array, statement.indices)] = compute(statement.value);
        return;
      case "accumulate": {
        const { target, value } = statement;
        if (target.kind === "local") this.locals.set(target, this.local(target) + compute(value));
        else {
          const memory = this.memoryOf(target);
          const index = this.at(target, statement.indices ?? []);
          memory[index] = (memory[index] ?? NaN) + compute(value);
        }
        return;
      }
      case "fill":
        this.memoryOf(statement.array).fill(compute(statement.value));
        return;
      case "push":
        this.stackOf(statement.stack).push(evaluate(statement.value, this));
        return;
      case "pop":
        this.locals.set(statement.local, this.stackOf(statement.stack).pop() ?? NaN);
        return;
      case "if":
        this.block(evaluate(statement.condition, this) ? statement.then : statement.else);
        return;
      case "for": {
        const { index, step, exit, body } = statement;
        const from = evaluate(statement.from, this);
        const to = evaluate(statement.to, this);
        for (let i = from; step > 0 ? i < to : i > to; i += step) {
          this.locals.set(index, i);
          this.block(body);
          if (exit && this.local(exit)) break;
        }
        return;
      }
      case "while":
        for (let trips = 0; evaluate(statement.condition, this); trips++) {
          if (trips >= statement.cap) throw new Trapped(capTrap(statement.cap, statement.span));
          this.block(statement.body);
        }
        return;
      case "trap":
        throw new Trapped(statement);
    }
  }
}

export const capTrap = (cap: number, span: Trap["span"]): Pick<Trap, "code" | "message" | "span"> => ({
  code: "E109", message: `This loop did not end within ${cap.toLocaleString("en")} iterations.`, ...(span ? { span } : {}),
});

function allocate(array: ArrayVariable, x: Float64Array, output: Float64Array): Memory {
  const size = sizeOf(array);
  switch (array.role.kind) {
    case "parameter": return x.subarray(array.role.offset, array.role.offset + size);
    case "output": return output.subarray(array.role.offset ?? 0, (array.role.offset ?? 0) + size);
    case "data": return array.role.values;
    default: return array.element === "f64" ? new Float64Array(size) : new Int32Array(size);
  }
}
