import type { FunctionEntry } from "./functions";
import type { Module } from "./module";
import { bare, isFunctionNode, walk, type Node } from "./syntax";
import { writtenBy } from "./writtenBy";

/**
 * What a function could descend on besides its parameters, as `CompileOptions.variables` names it: variables of the file (`m`) and
 * fields of its object (`this.m`) that it reads and does not itself change. Functions of the file that it calls are looked into.
 */
export function outerVariables(module: Module, entry: FunctionEntry): string[] {
  const found = new Set<string>();
  const seen = new Set<Node>();
  const look = (node: Node): void => {
    if (seen.has(node)) return;
    seen.add(node);
    walk(node, (each) => {
      if (each.type === "MemberExpression" && each.object.type === "ThisExpression" && !each.computed && each.property.type === "Identifier") {
        found.add(`this.${each.property.name}`);
      } else if (each.type === "CallExpression" && each.callee.type === "MemberExpression" && each.callee.object.type === "ThisExpression" && each.callee.property.type === "Identifier") {
        called.add(`this.${each.callee.property.name}`);
        const method = holder && methodOf(holder, each.callee.property.name);
        if (method) look(method);
      } else if (each.type === "Identifier") {
        if (module.declarations.variables.has(each.name) && module.declarations.of(each.name).every(holdsNumbers)) found.add(each.name);
        for (const declaration of module.declarations.of(each.name)) if (isFunction(declaration)) look(declaration);
      }
      return undefined;
    });
  };
  const called = new Set<string>();
  const holder = entry.owner ?? objectNamed(module, entry.ownerName);
  look(entry.node);
  const changed = writtenBy(entry.node.body);
  return [...found].filter((name) => !called.has(name) && !module.counters.has(name) && !changed.has(name));
}

/** The remedy for a function without numbers to find: those it could take from around it. */
export function outerHint(module: Module, entry: FunctionEntry): string | undefined {
  const names = outerVariables(module, entry);
  if (names.length === 0) return undefined;
  return `Choose what is to be found among ${names.slice(0, 6).map((name) => `"${name}"`).join(", ")}, or make it a parameter.`;
}

function isFunction(declaration: Node): boolean {
  return declaration.type === "FunctionDeclaration"
    || (declaration.type === "VariableDeclarator" && declaration.init !== null && declaration.init !== undefined && isFunctionNode(bare(declaration.init)));
}

/** `let m = 0`, `let w = [0, 0]`, `var theta = new Float64Array(2)`. */
function holdsNumbers(declaration: Node): boolean {
  if (declaration.type !== "VariableDeclarator" || !declaration.init) return false;
  const init = bare(declaration.init);
  switch (init.type) {
    case "NumericLiteral":
    case "NewExpression": return true;
    case "UnaryExpression": return init.operator === "-" || init.operator === "+";
    case "ArrayExpression": return init.elements.every((element) => element !== null && element.type !== "StringLiteral" && element.type !== "ObjectExpression");
    case "CallExpression": return true;
    case "BinaryExpression": return true;
    default: return false;
  }
}

/** `const model = { … }`. */
function objectNamed(module: Module, name: string | undefined): Node | undefined {
  for (const declaration of name === undefined ? [] : module.declarations.of(name)) {
    const init = declaration.type === "VariableDeclarator" && declaration.init ? bare(declaration.init) : undefined;
    if (init?.type === "ObjectExpression") return init;
  }
  return undefined;
}

function methodOf(owner: Node, name: string): Node | undefined {
  if (owner.type === "ObjectExpression") {
    return owner.properties.find((each) => each.type !== "SpreadElement" && each.key.type === "Identifier" && each.key.name === name);
  }
  if (owner.type !== "ClassDeclaration" && owner.type !== "ClassExpression") return undefined;
  return owner.body.body.find((member) => (member.type === "ClassMethod" || member.type === "ClassProperty") && member.key.type === "Identifier" && member.key.name === name);
}
