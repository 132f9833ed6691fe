import type { Span } from "../../positions";
import type { Module } from "./module";
import { bare, isClassNode, isFunctionNode, keyName, startOf, endOf, walk, type ClassNode, type FunctionNode, type Node } from "./syntax";

/** A function of the user's that has a name. */
export interface FunctionEntry {
  /** Unique in the file: "cost", or "Model.cost" where several have the name. */
  name: string;
  readonly shortName: string;
  readonly node: FunctionNode;
  /** The whole declaration, `const f = …;` included. */
  readonly span: Span;
  /** What holds it: a class, an object's path, an enclosing function. */
  readonly owner?: ClassNode;
  readonly ownerName?: string;
  readonly isStatic: boolean;
  /** Functions around it, outermost first. */
  readonly enclosing: readonly FunctionNode[];
  readonly comments: Node["leadingComments"];
}

/** Where a person looks for what is wrong with a function as a whole: at its name and parameters. */
export function signatureOf({ span, node }: FunctionEntry): Span {
  return { start: span.start, end: Math.max(span.start + 1, startOf(node.body)) };
}

export function listFunctions(module: Module): FunctionEntry[] {
  const entries: FunctionEntry[] = [];
  const made: Made[] = [];
  visit(module.file.program, { entries, made, enclosing: [], statement: undefined, owner: undefined, ownerName: undefined });
  const makers = new Map(entries.filter((entry) => entry.enclosing.length === 0).map((entry) => [entry.shortName, entry.node] as const).reverse());
  const listed = new Set(entries.map((entry) => entry.node));
  for (const { name, call, whole } of made) {
    // `const loss = makeLoss(xs, ys)`, `const loss = mse(model)(data)`, `const loss = (() => { … })()`: what the maker returns, under the name it is given.
    const enclosing = makersOf(call.callee, makers);
    const maker = enclosing.at(-1);
    const inner = maker ? innerFunction(maker) : undefined;
    if (!inner || (listed.has(inner) && nameOf(inner) === name)) continue;
    entries.push({ name, shortName: name, node: inner, span: { start: startOf(whole), end: endOf(whole) }, isStatic: false, enclosing, comments: whole.leadingComments });
  }
  const counts = new Map<string, number>();
  for (const entry of entries) counts.set(entry.shortName, (counts.get(entry.shortName) ?? 0) + 1);
  const taken = new Set<string>();
  for (const entry of entries) {
    const isShared = (counts.get(entry.shortName) ?? 0) > 1;
    let name = isShared && entry.ownerName ? `${entry.ownerName}.${entry.shortName}` : entry.shortName;
    for (let n = 2; taken.has(name); n++) name = `${entry.shortName}#${n}`;
    taken.add(name);
    entry.name = name;
  }
  return entries;
}

/** The functions that are called one after the other in `f(a)(b)`, each made by the one before it; none where they cannot be seen. */
function makersOf(callee: Node, makers: ReadonlyMap<string, FunctionNode>): readonly FunctionNode[] {
  const each = bare(callee);
  if (each.type === "CallExpression") {
    const before = makersOf(each.callee, makers);
    const maker = before.at(-1);
    const made = maker && innerFunction(maker);
    return made ? [...before, made] : [];
  }
  const known = each.type === "Identifier" ? makers.get(each.name) : isFunctionNode(each) ? each : undefined;
  return known ? [known] : [];
}

const nameOf = (node: FunctionNode): string | undefined => ("id" in node ? node.id?.name : undefined);

interface Made {
  readonly name: string;
  readonly call: Node & { type: "CallExpression" };
  readonly whole: Node;
}

/** `xs => w => …`: the function a function makes. */
export function innerFunction(node: FunctionNode): FunctionNode | undefined {
  if (node.body.type !== "BlockStatement") return isFunctionNode(node.body) ? node.body : undefined;
  const last = node.body.body.at(-1);
  if (last?.type !== "ReturnStatement" || !last.argument) return undefined;
  const result = bare(last.argument);
  if (isFunctionNode(result)) return result;
  if (result.type !== "Identifier") return undefined;
  for (const statement of node.body.body) {
    if (statement.type === "FunctionDeclaration" && statement.id?.name === result.name) return statement;
    if (statement.type !== "VariableDeclaration") continue;
    for (const { id, init } of statement.declarations) {
      const value = init ? bare(init) : undefined;
      if (id.type === "Identifier" && id.name === result.name && value && isFunctionNode(value)) return value;
    }
  }
  return undefined;
}

interface Context {
  readonly made: Made[];
  readonly entries: FunctionEntry[];
  readonly enclosing: readonly FunctionNode[];
  /** The statement the function is the whole of. */
  readonly statement: Node | undefined;
  readonly owner: ClassNode | undefined;
  readonly ownerName: string | undefined;
}

function visit(node: Node, context: Context): void {
  switch (node.type) {
    case "ExportNamedDeclaration":
    case "ExportDefaultDeclaration":
      if (node.declaration) {
        const inner = { ...context, statement: node };
        if (node.declaration.type === "FunctionDeclaration" && !node.declaration.id) return add(node.declaration, "default", inner);
        if (isFunctionNode(node.declaration) && node.type === "ExportDefaultDeclaration" && node.declaration.type !== "FunctionDeclaration") return add(node.declaration, "default", inner);
        visit(node.declaration, inner);
      }
      return;
    case "FunctionDeclaration": return add(node, node.id?.name ?? "default", context);
    case "VariableDeclaration": {
      const statement = node.declarations.length === 1 ? context.statement ?? node : undefined;
      for (const declarator of node.declarations) {
        const value = declarator.init ? bare(declarator.init) : undefined;
        const around = { ...context, statement: statement ?? declarator };
        if (value && declarator.id.type === "Identifier") named(value, declarator.id.name, around);
        else if (value) visit(value, around);
      }
      return;
    }
    case "AssignmentExpression": {
      const { left } = node;
      const value = bare(node.right);
      const around = { ...context, statement: context.statement ?? node };
      if (left.type === "Identifier") return named(value, left.name, around);
      if (left.type === "MemberExpression") {
        const name = keyName(left.property, left.computed);
        if (name !== undefined && name !== "exports" && name !== "prototype") return named(value, name, { ...around, ownerName: ownerOf(left.object) });
      }
      return visit(value, around);
    }
    case "ExpressionStatement": return visit(node.expression, { ...context, statement: node });
    case "ClassDeclaration":
    case "ClassExpression": return visitClass(node, node.id?.name, context);
    case "ObjectExpression": return visitObject(node, context.ownerName, context);
    default: {
      if (isFunctionNode(node)) {
        if (node.type === "FunctionExpression" && node.id) return add(node, node.id.name, context);
        return inside(node, context);
      }
      for (const child of childNodes(node)) visit(child, { ...context, statement: undefined });
    }
  }
}

function named(value: Node, name: string, context: Context): void {
  if (isFunctionNode(value)) add(value, name, context);
  else if (isClassNode(value)) visitClass(value, name, context);
  else if (value.type === "ObjectExpression") visitObject(value, name, context);
  else {
    if (value.type === "CallExpression" && context.enclosing.length === 0) context.made.push({ name, call: value, whole: context.statement ?? value });
    visit(value, { ...context, statement: undefined });
  }
}

function visitClass(node: ClassNode, name: string | undefined, context: Context): void {
  const inner = { ...context, owner: node, ownerName: name };
  for (const member of node.body.body) {
    if (isFunctionNode(member)) {
      const key = member.type === "ClassMethod" && member.kind === "constructor" ? undefined : memberName(member);
      if (key !== undefined && member.body) add(member, key, { ...inner, statement: member });
      else inside(member, inner);
    } else if ((member.type === "ClassProperty" || member.type === "ClassPrivateProperty") && member.value) {
      const key = memberName(member);
      const value = bare(member.value);
      if (key !== undefined && isFunctionNode(value)) add(value, key, { ...inner, statement: member });
    }
  }
}

function visitObject(node: Node & { type: "ObjectExpression" }, ownerName: string | undefined, context: Context): void {
  const inner = { ...context, owner: undefined, ownerName };
  for (const property of node.properties) {
    if (property.type === "ObjectMethod") {
      const key = keyName(property.key, property.computed);
      if (key !== undefined) add(property, key, { ...inner, statement: property });
    } else if (property.type === "ObjectProperty") {
      const key = keyName(property.key, property.computed);
      const value = bare(property.value);
      if (key !== undefined) named(value, key, { ...inner, statement: property, ownerName: isFunctionNode(value) ? ownerName : key });
    }
  }
}

function memberName(member: Node): string | undefined {
  if (member.type === "ClassPrivateMethod" || member.type === "ClassPrivateProperty") return `#${member.key.id.name}`;
  if (member.type === "ClassMethod" || member.type === "ClassProperty") return keyName(member.key, member.computed ?? false);
  return undefined;
}

function ownerOf(node: Node): string | undefined {
  if (node.type === "Identifier") return node.name;
  if (node.type === "MemberExpression") return node.property.type === "Identifier" && node.property.name === "prototype" ? ownerOf(node.object) : keyName(node.property, node.computed);
  return undefined;
}

function add(node: FunctionNode, shortName: string, context: Context): void {
  const whole = context.statement ?? node;
  context.entries.push({
    name: shortName, shortName, node, span: { start: startOf(whole), end: endOf(whole) }, enclosing: context.enclosing,
    isStatic: "static" in node && node.static, comments: whole.leadingComments ?? node.leadingComments,
    ...(context.owner ? { owner: context.owner } : {}), ...(context.ownerName === undefined ? {} : { ownerName: context.ownerName }),
  });
  inside(node, context);
}

function inside(node: FunctionNode, context: Context): void {
  visit(node.body, { entries: context.entries, made: context.made, enclosing: [...context.enclosing, node], statement: undefined, owner: undefined, ownerName: undefined });
}

function childNodes(node: Node): Node[] {
  const children: Node[] = [];
  let isRoot = true;
  walk(node, (each) => {
    if (isRoot) {
      isRoot = false;
      return true;
    }
    children.push(each);
    return false;
  });
  return children;
}

/** An anonymous function that is highlighted as a whole. */
export function highlighted(module: Module, selection: Span): FunctionNode | undefined {
  const text = module.text.slice(selection.start, selection.end);
  const start = selection.start + (text.length - text.trimStart().length);
  const end = selection.end - (text.length - text.trimEnd().replace(/[;,]+$/, "").trimEnd().length);
  let found: FunctionNode | undefined;
  walk(module.file.program, (node) => {
    if (isFunctionNode(node) && startOf(node) <= start + 1 && startOf(node) >= start - 1 && endOf(node) >= end - 1 && endOf(node) <= end + 1) found ??= node;
    return undefined;
  });
  return found;
}

/** What the selection denotes: the innermost named function around the cursor, or the one the highlight covers most of. */
export function targetOf(entries: readonly FunctionEntry[], selection: Span | undefined, text: string): FunctionEntry | undefined {
  if (!selection) return entries.length === 1 ? entries[0] : undefined;
  const around = entries.filter((entry) => documentedFrom(entry, text) <= selection.start && selection.end <= entry.span.end);
  const innermost = around.reduce<FunctionEntry | undefined>((best, entry) => (!best || size(entry) <= size(best) ? entry : best), undefined);
  const covered = entries.filter((entry) => selection.start <= entry.span.start && entry.span.end <= selection.end);
  if (covered.length > 0 && selection.end > selection.start) {
    const largest = covered.filter((entry) => !covered.some((other) => other !== entry && contains(other, entry)));
    if (!innermost || largest.length > 0) return largest[0];
  }
  if (innermost) return innermost;
  if (selection.start === selection.end) return undefined;
  return entries
    .map((entry) => ({ entry, overlap: Math.min(entry.span.end, selection.end) - Math.max(entry.span.start, selection.start) }))
    .filter(({ overlap }) => overlap > 0)
    .sort((a, b) => b.overlap - a.overlap || size(a.entry) - size(b.entry))[0]?.entry;
}

/** Where the comment begins that stands directly above the function and speaks of it. */
function documentedFrom({ comments, span }: FunctionEntry, text: string): number {
  let from = span.start;
  for (const comment of [...comments ?? []].reverse()) {
    if (typeof comment.start !== "number" || typeof comment.end !== "number" || comment.end > from) continue;
    if (!/^[^\S\n]*\n?[^\S\n]*$/.test(text.slice(comment.end, from).replaceAll("\r", ""))) break;
    from = comment.start;
  }
  return from;
}

const size = (entry: FunctionEntry): number => entry.span.end - entry.span.start;
const contains = (outer: FunctionEntry, inner: FunctionEntry): boolean => outer.span.start <= inner.span.start && inner.span.end <= outer.span.end;
