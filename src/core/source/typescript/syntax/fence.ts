import type { CompileOptions } from "../../program";
import { addNames } from "./declarations";
import { innerFunction, signatureOf, type FunctionEntry } from "./functions";
import { isGlobal } from "../library/globals";
import { libraryCalled } from "../library/libraries";
import type { Module } from "./module";
import type { Modules } from "../evaluate/modules";
import { outerHint, outerVariables } from "./outerVariables";
import { fromOutside, makesCode, type Outside, undeclared } from "./outsideWorld";
import { parametersOf, usesArguments } from "./parameters";
import { Refusal } from "./refusal";
import { shapeOfParameter } from "./shapes";
import { isAlwaysTrue, leaves } from "./endless";
import { readDocumentation } from "./jsdoc";
import { boundNames, childrenOf, endOf, isFunctionNode, keyName, startOf, type FunctionNode, type Node } from "./syntax";

/** Looks over the function and all it reaches, once, and says everything that stands in the way. Runs nothing. */
export function fence(modules: Modules, entry: FunctionEntry, options: CompileOptions): Refusal[] {
  const refusals = look(modules, entry, true);
  const parameters = parameterRefusal(modules, entry, options);
  return sorted(parameters ? [...refusals, parameters] : refusals);
}

/** The same without looking into other files: cheap enough for every function of a file. */
export function quickRefusal(modules: Modules, entry: FunctionEntry): Refusal | undefined {
  const refusals = look(modules, entry, false);
  const parameters = outerVariables(modules.main, entry).length > 0 ? undefined : parameterRefusal(modules, entry, {});
  return sorted(parameters ? [...refusals, parameters] : refusals)[0];
}

const sorted = (refusals: Refusal[]): Refusal[] => refusals.sort((a, b) => a.span.start - b.span.start);

function look(modules: Modules, entry: FunctionEntry, intoImports: boolean): Refusal[] {
  const watch = new Watch(modules, intoImports);
  const around = entry.enclosing.reduce<readonly Set<string>[]>((scopes, node) => [...scopes, namesIn(node)], []);
  watch.enter(entry.node, around);
  return [...watch.refusals.values()];
}

function parameterRefusal(modules: Modules, entry: FunctionEntry, options: CompileOptions): Refusal | undefined {
  const params = parametersOf(entry.node);
  if (params.length === 0) {
    if (innerFunction(entry.node) || usesArguments(entry.node) || (options.variables?.length ?? 0) > 0) return undefined;
    return new Refusal("E113", `"${entry.name}" has no parameters to descend on.`, outerHint(modules.main, entry) ?? "Make the numbers to be found parameters of the function.", signatureOf(entry));
  }
  const documented = readDocumentation(entry.comments);
  const shapes = params.map((param) => shapeOfParameter(modules, modules.main, param, documented.types.get(boundNames(param)[0] ?? "")));
  if (options.variables || innerFunction(entry.node) || !shapes.every((shape) => shape.kind === "other")) return undefined;
  const [param] = params;
  const [shape] = shapes;
  if (!param || shape?.kind !== "other") return undefined;
  return new Refusal("E107", `This parameter is ${shape.what}, and only numbers can be descended on.`, "Add a parameter that is a number or an array of numbers.", { start: startOf(param), end: endOf(param) });
}

/** Names a function gives to things, its nested functions' own left out. */
function namesIn(node: FunctionNode): Set<string> {
  const names = new Set(node.params.flatMap(boundNames));
  if ("id" in node && node.id) names.add(node.id.name);
  addNames(node.body, names);
  return names;
}

const isMember = (node: Node): node is Node & { type: "MemberExpression" | "OptionalMemberExpression" } =>
  node.type === "MemberExpression" || node.type === "OptionalMemberExpression";

class Watch {
  readonly refusals = new Map<string, Refusal>();
  /** Names that are asked of some object; and methods of classes that nobody has asked for yet. */
  private readonly asked = new Set<string>();
  private readonly waiting = new Map<string, (() => void)[]>();
  private readonly seen = new Set<Node>();
  private readonly module: Module;

  constructor(private readonly modules: Modules, private readonly intoImports: boolean) {
    this.module = modules.main;
  }

  enter(node: FunctionNode, scopes: readonly Set<string>[]): void {
    if (this.seen.has(node)) return;
    this.seen.add(node);
    if (node.async) this.refuse(node, "E101", "An asynchronous function has its result later, not now.", "Load the data before, and compute in a plain function.");
    // Data may be made with one, for that happens before the function runs.
    if (node.generator) this.refuse(node, "E101", "A generator is not supported.", "Return an array, or use a loop.");
    const inner = [...scopes, namesIn(node)];
    for (const param of node.params) this.visit(param, inner);
    this.visit(node.body, inner);
  }

  private refuse(node: Node, code: string, message: string, hint: string): void {
    const span = { start: startOf(node), end: endOf(node) };
    const key = `${code}:${span.start}`;
    if (!this.refusals.has(key)) this.refusals.set(key, new Refusal(code, message, hint, span));
  }

  private say(node: Node, { code, message, hint }: Outside): void {
    this.refuse(node, code, message, hint);
  }

  /** A class may have methods that train, load or draw: they are looked over where something of that name is asked for. */
  private method(node: Node & { type: "ClassMethod" | "ClassPrivateMethod" }, scopes: readonly Set<string>[]): void {
    const name = keyName(node.key, node.type === "ClassMethod" && node.computed);
    // How the class is walked over: read where it is.
    if (name === undefined) return;
    if (name === "constructor" || this.asked.has(name)) return this.enter(node, scopes);
    this.waiting.set(name, [...(this.waiting.get(name) ?? []), () => { this.enter(node, scopes); }]);
  }

  private ask(name: string | undefined): void {
    if (name === undefined || this.asked.has(name)) return;
    this.asked.add(name);
    for (const look of this.waiting.get(name) ?? []) look();
  }

  private visit(node: Node, scopes: readonly Set<string>[]): void {
    if (node.type === "ClassMethod" || node.type === "ClassPrivateMethod") return this.method(node, scopes);
    if (isFunctionNode(node)) return this.enter(node, scopes);
    switch (node.type) {
      case "Identifier": return this.name(node, scopes);
      case "AwaitExpression": this.refuse(node, "E101", "await gives its result later, not now.", "Load the data before, and compute in a plain function."); break;
      case "WithStatement": this.refuse(node, "E101", "with is not supported.", "Name the object."); break;
      case "TaggedTemplateExpression": this.refuse(node, "E101", "A tagged template is not supported.", "Compute with numbers."); break;
      case "RegExpLiteral": this.refuse(node, "E107", "A regular expression cannot take part in the computation.", "Take texts apart outside the function, where data are made."); break;
      case "ImportExpression": this.refuse(node, "E101", "A dynamic import is not supported.", "Import it at the top of the file."); break;
      case "WhileStatement":
      case "DoWhileStatement":
        if (isAlwaysTrue(node.test) && !leaves(node.body)) this.endless(node);
        break;
      case "ForStatement":
        if ((!node.test || isAlwaysTrue(node.test)) && !leaves(node.body)) this.endless(node);
        break;
      case "BinaryExpression":
        if (node.operator === "instanceof" && node.right.type === "Identifier") return this.visit(node.left, scopes);
        break;
      case "UnaryExpression":
        if (node.operator === "typeof" && node.argument.type === "Identifier") return;
        break;
      case "MemberExpression":
      case "OptionalMemberExpression":
        if (node.object.type === "Identifier" && node.object.name === "console") return;
        if (node.object.type === "Identifier" && node.object.name === "Math" && node.property.type === "Identifier" && node.property.name === "random") {
          return this.refuse(node, "E104", "Math.random makes every call give another result.", "Draw the numbers once, in a module constant.");
        }
        if (this.refusesReach(node)) return;
        this.ask(keyName(node.property, node.computed));
        this.visit(node.object, scopes);
        if (node.computed) this.visit(node.property, scopes);
        return;
      case "CallExpression":
      case "OptionalCallExpression":
        if (node.callee.type === "MemberExpression" && node.callee.object.type === "Identifier" && node.callee.object.name === "console") return;
        if (isMember(node.callee) && keyName(node.callee.property, node.callee.computed) === "constructor" && node.arguments[0]?.type === "StringLiteral") {
          return this.say(node, makesCode("constructor"));
        }
        if (node.callee.type === "Import") this.refuse(node, "E101", "A dynamic import is not supported.", "Import it at the top of the file.");
        break;
      case "AssignmentExpression":
        if (this.refusesTampering(node, scopes)) return;
        break;
      case "ObjectProperty":
        // In a pattern it asks for what is called so.
        this.ask(keyName(node.key, node.computed));
        if (node.computed) this.visit(node.key, scopes);
        this.visit(node.value, scopes);
        return;
      case "ClassProperty":
      case "ClassPrivateProperty":
        if (node.value) this.visit(node.value, scopes);
        return;
      case "LabeledStatement": return this.visit(node.body, scopes);
      case "BreakStatement":
      case "ContinueStatement":
      case "TSEnumDeclaration":
      case "TSInterfaceDeclaration":
      case "TSTypeAliasDeclaration": return;
      case "MetaProperty":
        if (node.meta.name === "import") this.refuse(node, "E104", "import.meta tells where the program runs.", "Pass what it gives as a parameter.");
        return;
      case "BigIntLiteral": this.refuse(node, "E107", "A BigInt cannot be computed with here.", "Leave out the n: use a plain number."); break;
      default: break;
    }
    if (node.type.startsWith("TS") && !("expression" in node)) return;
    for (const child of childrenOf(node)) this.visit(child, scopes);
  }

  /** `x.__proto__`, `x.constructor.constructor`, `f.constructor("…")`: ways to what all programs share, and to code made of text. */
  private refusesReach(node: Node & { type: "MemberExpression" | "OptionalMemberExpression" }): boolean {
    const key = keyName(node.property, node.computed);
    if (key === "__proto__") {
      this.refuse(node, "E101", "__proto__ reaches what all objects share, which is never touched here.", "Use a class, or a field of your own.");
      return true;
    }
    const inner = node.object.type === "MemberExpression" || node.object.type === "OptionalMemberExpression" ? node.object : undefined;
    if (key !== "constructor" || !inner || keyName(inner.property, inner.computed) !== "constructor") return false;
    this.say(node, makesCode("constructor.constructor"));
    return true;
  }

  /** `Array.prototype.sum = …` inside the function. */
  private refusesTampering({ left }: Node & { type: "AssignmentExpression" }, scopes: readonly Set<string>[]): boolean {
    let root: Node = left;
    while (isMember(root)) root = root.object;
    if (root === left || root.type !== "Identifier") return false;
    const { name } = root;
    const isOwn = scopes.some((names) => names.has(name)) || this.module.declarations.names.has(name) || this.module.imports.has(name);
    if (isOwn || !isGlobal(name) || name === "exports" || name === "module" || name === "arguments") return false;
    this.refuse(left, "E101", `This changes ${name}, which all programs share and which is never touched here.`, "Use a function or a field of your own.");
    return true;
  }

  private endless(node: Node): void {
    this.refuse(node, "E109", "This loop never ends.", "Give it a condition that fails, or a break.");
  }

  private name(node: Node & { type: "Identifier" }, scopes: readonly Set<string>[]): void {
    const { name } = node;
    if (scopes.some((names) => names.has(name))) return;
    const imported = this.module.imports.get(name);
    if (imported) {
      if (this.modules.knows(imported.name, imported.from)) return;
      const outside = fromOutside(name, imported.from);
      if (outside) return this.say(node, outside);
      if (!this.intoImports || this.modules.find(this.module, imported.from)) return;
      if (/^[./]/.test(imported.from)) return this.refuse(imported.node, "E102", `"${imported.from}" cannot be found.`, "Check the path, or write the values in this file.");
      return this.refuse(node, "E103", `"${name}" comes from "${imported.from}", whose source is not known here.`, "Write the few lines it does in this file.");
    }
    if (this.module.declarations.names.has(name)) return this.follow(name);
    if (isGlobal(name) || libraryCalled(name) !== undefined) return;
    this.say(node, undeclared(name));
  }

  /** A function or class of the file that is reached is looked over as well. Data is not: it is computed beforehand. */
  private follow(name: string): void {
    for (const declaration of this.module.declarations.of(name)) {
      if (declaration.type === "FunctionDeclaration") this.enter(declaration, []);
      if (declaration.type === "ClassDeclaration" && !this.seen.has(declaration)) {
        this.seen.add(declaration);
        this.visit(declaration.body, []);
      }
      if (declaration.type === "VariableDeclarator" && declaration.id.type === "Identifier" && declaration.init && isFunctionNode(declaration.init)) this.enter(declaration.init, []);
    }
  }
}
