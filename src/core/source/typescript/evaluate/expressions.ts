import { globalValue } from "../library/globals";
import { importMeta } from "../library/nodeModules";
import { patternValue } from "../library/patterns";
import { allElements } from "../lists/allElements";
import { iterableOf } from "../lists/iterables";
import { push } from "../lists/growth";
import { propertiesOf } from "../lists/properties";
import { Slot, type ValueSlot } from "../state/journal";
import type { Machine } from "../state/machine";
import { inOrder } from "../state/order";
import type { Scope } from "../state/scope";
import { NotStatic } from "../state/signals";
import { known, missing, type FunctionValue, type ObjectValue, type Value } from "../state/values";
import { bare, isFunctionNode, type FunctionNode, type Node } from "../syntax/syntax";
import { assignment, update } from "./assignments";
import { construct } from "./calls";
import { chain } from "./chain";
import { classValue } from "./classes";
import { conditional } from "./control";
import { instanceOf } from "./instanceOf";
import { logical } from "./logical";
import { lookUp } from "./lookUp";
import { keyOfProperty } from "./members";
import { binary, unary } from "./operators";
import { text } from "./texts";

export function evaluate(machine: Machine, scope: Scope, node: Node): Value {
  machine.budget.step(node);
  const value = read(machine, scope, node);
  if (machine.staticOnly > 0 && (value.kind === "scalar" || value.kind === "hole")) throw new NotStatic("reads an unknown");
  return value;
}

/** The value of an initialiser; a function takes the name it is given. */
export function evaluateAssigned(machine: Machine, scope: Scope, node: Node, name: string | undefined): Value {
  const each = bare(node);
  if (isFunctionNode(each)) return makeFunction(machine, scope, each, name ?? "");
  if (each.type === "ClassExpression") return classValue(machine, scope, each, name ?? "");
  if (each.type === "ArrayExpression" && name !== undefined) {
    machine.budget.step(each);
    return machine.listOf(spread(machine, scope, each.elements), undefined, name);
  }
  return evaluate(machine, scope, node);
}

export function makeFunction(machine: Machine, scope: Scope, node: FunctionNode, name: string, home?: ObjectValue): FunctionValue {
  const own = "id" in node && node.id ? node.id.name : name;
  const self = node.type === "ArrowFunctionExpression" ? scope.frame.self : undefined;
  return {
    kind: "function", name: own, node, scope, properties: new Slot("fields", new Map<string, ValueSlot>(), machine.now()),
    ...(self ? { boundThis: self } : {}), ...(home ? { home } : {}),
  };
}

function read(machine: Machine, scope: Scope, node: Node): Value {
  switch (node.type) {
    case "NumericLiteral": {
      const raw = node.extra?.raw;
      return known(node.value, machine.spanOf(node), typeof raw === "string" ? raw : undefined);
    }
    case "StringLiteral":
    case "BooleanLiteral": return known(node.value);
    case "NullLiteral": return known(null);
    case "BigIntLiteral": return known(BigInt(node.value));
    case "TemplateLiteral": return template(machine, scope, node);
    case "Identifier": return lookUp(machine, scope, node);
    case "ThisExpression": return scope.frame.self ?? missing;
    case "ParenthesizedExpression":
    case "TSAsExpression":
    case "TSSatisfiesExpression":
    case "TSNonNullExpression":
    case "TSTypeAssertion":
    case "TSInstantiationExpression": return evaluate(machine, scope, node.expression);
    case "ArrayExpression": return machine.listOf(spread(machine, scope, node.elements));
    case "ObjectExpression": return objectLiteral(machine, scope, node);
    case "ArrowFunctionExpression":
    case "FunctionExpression": return makeFunction(machine, scope, node, "");
    case "ClassExpression": return classValue(machine, scope, node, "");
    case "UnaryExpression": {
      if (node.operator === "typeof" && node.argument.type === "Identifier" && !scope.find(node.argument.name) && !globalValue(machine, node.argument.name)) return known("undefined");
      if (node.operator === "delete") return known(true);
      return unary(machine, node.operator, evaluate(machine, scope, node.argument), node);
    }
    case "UpdateExpression": return update(machine, scope, node);
    case "BinaryExpression": return binaryExpression(machine, scope, node);
    case "LogicalExpression": return logical(machine, node.operator, () => presence(machine, scope, node.left), () => evaluate(machine, scope, node.right), node);
    case "ConditionalExpression":
      return conditional(machine, presence(machine, scope, node.test), node, () => evaluate(machine, scope, node.consequent), () => evaluate(machine, scope, node.alternate));
    case "AssignmentExpression": return assignment(machine, scope, node);
    case "SequenceExpression": {
      let last: Value = missing;
      for (const each of node.expressions) last = evaluate(machine, scope, each);
      return last;
    }
    case "MemberExpression":
    case "OptionalMemberExpression":
    case "CallExpression":
    case "OptionalCallExpression": return chain(machine, scope, node) ?? missing;
    case "YieldExpression": return yieldTo(machine, scope, node);
    case "NewExpression": return construct(machine, scope, node);
    case "Super": return scope.frame.home ?? missing;
    case "MetaProperty": return node.meta.name === "import" ? importMeta(machine, scope.module.uri) : scope.frame.newTarget ?? missing;
    case "RegExpLiteral": return patternValue(machine, node.pattern, node.flags, node);
    default: throw machine.refuse(node, "E101", `${constructName(node)} is not supported here.`, "Write it with plain functions, loops and arithmetic.");
  }
}

/** A generator's values are gathered as it runs. */
function yieldTo(machine: Machine, scope: Scope, node: Node & { type: "YieldExpression" }): Value {
  const { yielded } = scope.frame;
  if (!yielded) throw machine.refuse(node, "E101", "yield is not supported here.", "Return an array, or use a loop.");
  const value = node.argument ? evaluate(machine, scope, node.argument) : missing;
  if (!node.delegate) push(machine, yielded, value, node);
  else for (const each of allElements(machine, iterableOf(machine, value, node), node)) push(machine, yielded, each, node);
  return missing;
}

/** Where only being there may be asked about: `a.b ?? c`, `a.b ? … : …`. */
function presence(machine: Machine, scope: Scope, node: Node): Value {
  const each = bare(node);
  const isField = each.type === "MemberExpression" || each.type === "OptionalMemberExpression";
  return isField ? machine.tolerating(true, () => evaluate(machine, scope, each)) : evaluate(machine, scope, node);
}

export function constructName(node: Node): string {
  switch (node.type) {
    case "AwaitExpression": return "await";
    case "TaggedTemplateExpression": return "A tagged template";
    case "Import":
    case "ImportExpression": return "A dynamic import";
    default: return "This construct";
  }
}

function template(machine: Machine, scope: Scope, node: Node & { type: "TemplateLiteral" }): Value {
  const values = node.expressions.map((each) => evaluate(machine, scope, each));
  if (values.some((value) => value.kind !== "static")) return text(machine);
  const parts = node.quasis.map((quasi, i) => {
    const value = values[i];
    return (quasi.value.cooked ?? "") + (value?.kind === "static" ? String(value.value) : "");
  });
  return known(parts.join(""));
}

/** Elements and arguments, spreads taken apart. */
export function spread(machine: Machine, scope: Scope, nodes: readonly (Node | null)[]): Value[] {
  const values = inOrder(machine, nodes.map((node) => () => {
    if (!node) return missing;
    return evaluate(machine, scope, node.type === "SpreadElement" ? node.argument : node);
  }));
  return values.flatMap((value, i) => {
    const node = nodes[i];
    if (node?.type !== "SpreadElement") return [value];
    return allElements(machine, iterableOf(machine, value, node.argument), node);
  });
}

function objectLiteral(machine: Machine, scope: Scope, node: Node & { type: "ObjectExpression" }): Value {
  const fields = new Map<string, Value>();
  const accessors = new Map<string, FunctionValue>();
  const slot: ObjectValue["fields"] = new Slot("fields", new Map<string, ValueSlot>(), machine.now());
  const object: ObjectValue = { kind: "object", fields: slot, ...(node.properties.some((each) => each.type === "ObjectMethod" && each.kind !== "method") ? { accessors } : {}) };
  for (const property of node.properties) {
    if (property.type === "SpreadElement") {
      const from = evaluate(machine, scope, property.argument);
      for (const [name, get] of propertiesOf(from) ?? []) fields.set(name, get(machine));
      continue;
    }
    const key = keyOfProperty(machine, scope, property);
    if (typeof key !== "string") throw machine.refuse(property, "E107", "The name of this field is known only at run time.", "Use an array.");
    if (property.type === "ObjectMethod") {
      const method = makeFunction(machine, scope, property, key, object);
      if (property.kind === "method") fields.set(key, method);
      else accessors.set(`${property.kind} ${key}`, method);
    } else fields.set(key, machine.freeze(evaluateAssigned(machine, scope, property.value, key)));
  }
  machine.journal.setFields(slot, new Map([...fields].map(([name, value]) => [name, machine.slot(machine.freeze(value), name)])));
  return object;
}

function binaryExpression(machine: Machine, scope: Scope, node: Node & { type: "BinaryExpression" }): Value {
  const { left, right, operator } = node;
  if (operator === "in") {
    const key = left.type === "PrivateName" ? known(`#${left.id.name}`) : evaluate(machine, scope, left);
    const object = evaluate(machine, scope, right);
    return known(key.kind === "static" && (propertiesOf(object)?.has(String(key.value)) ?? false));
  }
  if (operator === "instanceof") return instanceOf(machine, scope, node);
  if (left.type === "PrivateName") throw machine.refuse(node, "E101", "This is not supported here.");
  const [a = missing, b = missing] = inOrder(machine, [() => evaluate(machine, scope, left), () => evaluate(machine, scope, right)]);
  return binary(machine, operator, a, b, node);
}
