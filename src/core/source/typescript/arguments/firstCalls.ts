import type { CallWatch } from "../state/callWatch";
import type { Machine } from "../state/machine";
import type { FunctionValue, Value } from "../state/values";
import { isFunctionNode, type FunctionNode, type Node } from "../syntax/syntax";
import { plainData } from "./plainData";

/** The first call of a function while its file runs: in a loop that trains, in `main()`, in a log. */
export interface FirstCall {
  /** In the user's own shape; undefined where some of it is neither number, text nor structure. */
  readonly data: readonly unknown[];
  /** Where each argument is written; undefined where a spread hides which is which. */
  readonly nodes: readonly Node[] | undefined;
  readonly call: Node;
}

/** What only the machine that saw it can hold: objects with methods, functions, the object a method belongs to. */
interface Held {
  readonly target: FunctionValue;
  readonly args: readonly Value[];
  readonly self: Value | undefined;
}

/** Sees how a function and those it makes are called first, and what the chosen variables were then. */
export class FirstCalls implements CallWatch {
  private readonly calls = new Map<FunctionNode, FirstCall>();
  private readonly nodes: ReadonlySet<Node>;
  private held = new Map<FunctionNode, Held>();
  private machine: Machine | undefined;
  private variables: (self: Value | undefined) => ReadonlyMap<string, unknown> = () => new Map();
  private latest: ReadonlyMap<string, unknown> = new Map();
  private first: ReadonlyMap<string, unknown> | undefined;

  constructor(nodes: readonly FunctionNode[]) {
    this.nodes = new Set(nodes);
  }

  /** Before every reading. `variables` says what the chosen variables are at that moment. */
  attend(machine: Machine, variables: (self: Value | undefined) => ReadonlyMap<string, unknown>): void {
    this.machine = machine;
    this.variables = variables;
    this.held = new Map();
  }

  of(node: FunctionNode): FirstCall | undefined {
    return this.calls.get(node);
  }

  heldBy(node: FunctionNode): Held | undefined {
    return this.held.get(node);
  }

  /** A chosen variable as it was before anything had trained it. */
  firstValue(name: string): unknown {
    return this.first?.get(name);
  }

  called(target: FunctionValue, args: readonly Value[], node: Node, self: Value | undefined): void {
    const { machine } = this;
    const definition = target.node;
    if (!machine || !isFunctionNode(definition) || !this.nodes.has(definition) || this.held.has(definition)) return;
    this.held.set(definition, { target, args, self });
    this.first ??= this.variables(self);
    if (this.calls.has(definition)) return;
    const written = node.type === "CallExpression" && node.arguments.every((arg) => arg.type !== "SpreadElement") ? node.arguments : undefined;
    this.calls.set(definition, { data: args.map((arg) => plainData(machine, arg)), nodes: written?.length === args.length ? written : undefined, call: node });
  }

  before(statement: Node): void {
    if (!this.first && /^(?:Expression|For|ForOf|ForIn|While|DoWhile|If|Block|Try|Labeled)Statement$/.test(statement.type)) this.latest = this.variables(undefined);
  }

  failed(): void {
    this.first ??= this.latest.size > 0 ? this.latest : undefined;
  }
}
