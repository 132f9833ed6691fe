import type { ParameterShape } from "../../program";
import type { Module } from "./module";
import { Module as LoadedModule } from "./module";
import type { Modules } from "../evaluate/modules";
import { bare, keyName, type Node } from "./syntax";

/** What a type, a tag, a pattern or a default says of an argument before there is one. */
export type Shape =
  | { readonly kind: "number" }
  | { readonly kind: "list"; readonly length?: number; readonly element: Shape }
  | { readonly kind: "object"; readonly fields: ReadonlyMap<string, { shape: Shape; isOptional: boolean }> }
  | { readonly kind: "other"; readonly what: string }
  | { readonly kind: "unknown" };

const unknown: Shape = { kind: "unknown" };
const number: Shape = { kind: "number" };
const maxDepth = 12;

const numericArrays = new Set(["Float64Array", "Float32Array", "Int32Array", "Uint32Array", "Int16Array", "Uint16Array", "Int8Array", "Uint8Array", "Uint8ClampedArray"]);
const transparent = new Set(["Readonly", "Partial", "Required", "NonNullable", "DeepReadonly"]);

export function shapeOfParameter(modules: Modules, module: Module, param: Node, documented: string | undefined): Shape {
  switch (param.type) {
    case "TSParameterProperty": return shapeOfParameter(modules, module, param.parameter, documented);
    case "AssignmentPattern": {
      const stated = shapeOfParameter(modules, module, param.left, documented);
      return stated.kind === "unknown" ? shapeOfLiteral(param.right) : stated;
    }
    case "RestElement": {
      const annotation = param.typeAnnotation?.type === "TSTypeAnnotation" ? shapeOfType(modules, module, param.typeAnnotation.typeAnnotation) : unknown;
      return annotation.kind === "unknown" ? { kind: "list", element: unknown } : annotation;
    }
    case "Identifier":
    case "ArrayPattern":
    case "ObjectPattern": {
      const annotation = param.typeAnnotation?.type === "TSTypeAnnotation" ? shapeOfType(modules, module, param.typeAnnotation.typeAnnotation) : unknown;
      const stated = annotation.kind === "unknown" && documented !== undefined ? shapeOfText(documented) : annotation;
      return param.type === "Identifier" ? stated : fromPattern(param, stated);
    }
    default: return unknown;
  }
}

/** `[x, y]` has two elements, `{ a, b }` two fields, whatever else is known of them. */
function fromPattern(pattern: Node, stated: Shape): Shape {
  if (pattern.type === "ArrayPattern") {
    const least = pattern.elements.filter((element) => element?.type !== "RestElement").length;
    const element = stated.kind === "list" ? stated.element : unknown;
    const inner = pattern.elements.find((each) => each?.type === "ArrayPattern" || each?.type === "ObjectPattern");
    const length = stated.kind === "list" && stated.length !== undefined ? stated.length : pattern.elements.some((each) => each?.type === "RestElement") ? undefined : least;
    return { kind: "list", ...(length === undefined ? {} : { length }), element: element.kind === "unknown" && inner ? fromPattern(inner, unknown) : element };
  }
  if (pattern.type === "ObjectPattern" && stated.kind !== "object") {
    const fields = new Map<string, { shape: Shape; isOptional: boolean }>();
    for (const property of pattern.properties) {
      if (property.type !== "ObjectProperty") continue;
      const name = keyName(property.key, property.computed);
      if (name === undefined) continue;
      const value = property.value;
      const isOptional = value.type === "AssignmentPattern";
      const target = value.type === "AssignmentPattern" ? value.left : value;
      const shape = target.type === "Identifier" ? (value.type === "AssignmentPattern" ? shapeOfLiteral(value.right) : unknown) : fromPattern(target, unknown);
      fields.set(name, { shape, isOptional });
    }
    return { kind: "object", fields };
  }
  return stated;
}

function shapeOfLiteral(node: Node): Shape {
  const value = bare(node);
  switch (value.type) {
    case "NumericLiteral": return number;
    case "UnaryExpression": return value.operator === "-" || value.operator === "+" ? number : unknown;
    case "StringLiteral":
    case "TemplateLiteral": return { kind: "other", what: "a string" };
    case "BooleanLiteral": return { kind: "other", what: "a truth value" };
    case "ArrowFunctionExpression":
    case "FunctionExpression": return { kind: "other", what: "a function" };
    case "ArrayExpression": {
      const [first] = value.elements;
      return { kind: "list", length: value.elements.length, element: first ? shapeOfLiteral(first) : unknown };
    }
    default: return unknown;
  }
}

export function shapeOfType(modules: Modules, module: Module, type: Node, depth = 0): Shape {
  if (depth > maxDepth) return unknown;
  const inner = (each: Node): Shape => shapeOfType(modules, module, each, depth + 1);
  switch (type.type) {
    case "TSNumberKeyword": return number;
    case "TSStringKeyword":
    case "TSTemplateLiteralType": return { kind: "other", what: "a string" };
    case "TSBooleanKeyword": return { kind: "other", what: "a truth value" };
    case "TSFunctionType": return { kind: "other", what: "a function" };
    case "TSBigIntKeyword": return { kind: "other", what: "a bigint" };
    case "TSLiteralType": {
      const { literal } = type;
      return literal.type === "NumericLiteral" || literal.type === "UnaryExpression" ? number
        : literal.type === "BooleanLiteral" ? { kind: "other", what: "a truth value" } : { kind: "other", what: "a string" };
    }
    case "TSArrayType": return { kind: "list", element: inner(type.elementType) };
    case "TSTupleType": {
      const [first] = type.elementTypes;
      const isOpen = type.elementTypes.some((each) => each.type === "TSRestType" || (each.type === "TSNamedTupleMember" && each.optional));
      return { kind: "list", ...(isOpen ? {} : { length: type.elementTypes.length }), element: first ? inner(first) : unknown };
    }
    case "TSNamedTupleMember": return inner(type.elementType);
    case "TSRestType": {
      const list = inner(type.typeAnnotation);
      return list.kind === "list" ? list.element : list;
    }
    case "TSTypeOperator":
    case "TSParenthesizedType":
    case "TSOptionalType": return inner(type.typeAnnotation);
    case "TSUnionType": {
      const shapes = type.types.filter((each) => each.type !== "TSUndefinedKeyword" && each.type !== "TSNullKeyword").map(inner);
      return shapes.find((shape) => shape.kind === "list" || shape.kind === "object") ?? shapes[0] ?? unknown;
    }
    case "TSIntersectionType": {
      const fields = new Map<string, { shape: Shape; isOptional: boolean }>();
      for (const shape of type.types.map(inner)) if (shape.kind === "object") for (const [name, field] of shape.fields) fields.set(name, field);
      return fields.size > 0 ? { kind: "object", fields } : unknown;
    }
    case "TSTypeLiteral": return shapeOfMembers(modules, module, type.members, depth);
    case "TSTypeReference": return shapeOfReference(modules, module, type, depth);
    default: return unknown;
  }
}

function shapeOfMembers(modules: Modules, module: Module, members: readonly Node[], depth: number): Shape {
  const fields = new Map<string, { shape: Shape; isOptional: boolean }>();
  for (const member of members) {
    if (member.type !== "TSPropertySignature") continue;
    const name = keyName(member.key, member.computed ?? false);
    if (name === undefined) continue;
    const shape = member.typeAnnotation ? shapeOfType(modules, module, member.typeAnnotation.typeAnnotation, depth + 1) : unknown;
    fields.set(name, { shape, isOptional: member.optional === true });
  }
  return { kind: "object", fields };
}

function shapeOfReference(modules: Modules, module: Module, type: Node & { type: "TSTypeReference" }, depth: number): Shape {
  if (type.typeName.type !== "Identifier") return unknown;
  const { name } = type.typeName;
  const args = type.typeParameters?.params ?? [];
  const [first, second] = args;
  if (numericArrays.has(name)) return { kind: "list", element: number };
  if ((name === "Array" || name === "ReadonlyArray" || name === "Iterable") && first) return { kind: "list", element: shapeOfType(modules, module, first, depth + 1) };
  if (transparent.has(name) && first) return shapeOfType(modules, module, first, depth + 1);
  if (name === "Record" && first && second) {
    const keys = literalKeys(modules, module, first, depth + 1);
    if (!keys) return unknown;
    const shape = shapeOfType(modules, module, second, depth + 1);
    return { kind: "object", fields: new Map(keys.map((key) => [key, { shape, isOptional: false }])) };
  }
  if ((name === "Pick" || name === "Omit") && first && second) {
    const whole = shapeOfType(modules, module, first, depth + 1);
    const keys = literalKeys(modules, module, second, depth + 1);
    if (whole.kind !== "object" || !keys) return whole;
    return { kind: "object", fields: new Map([...whole.fields].filter(([key]) => keys.includes(key) === (name === "Pick"))) };
  }
  const found = declarationOf(modules, module, name);
  if (!found) return unknown;
  const { declaration, home } = found;
  switch (declaration.type) {
    case "TSTypeAliasDeclaration": return shapeOfType(modules, home, declaration.typeAnnotation, depth + 1);
    case "TSInterfaceDeclaration": {
      const own = shapeOfMembers(modules, home, declaration.body.body, depth);
      const fields = new Map<string, { shape: Shape; isOptional: boolean }>();
      for (const parent of declaration.extends ?? []) {
        if (parent.type !== "TSExpressionWithTypeArguments" || parent.expression.type !== "Identifier") continue;
        const from = declarationOf(modules, home, parent.expression.name);
        const shape = from?.declaration.type === "TSInterfaceDeclaration" ? shapeOfMembers(modules, from.home, from.declaration.body.body, depth) : unknown;
        if (shape.kind === "object") for (const [key, field] of shape.fields) fields.set(key, field);
      }
      if (own.kind === "object") for (const [key, field] of own.fields) fields.set(key, field);
      return { kind: "object", fields };
    }
    case "TSEnumDeclaration": return { kind: "other", what: "an enum" };
    default: return unknown;
  }
}

/** The names in `"a" | "b"`, `keyof T`, or `(typeof list)[number]`. */
function literalKeys(modules: Modules, module: Module, type: Node, depth: number): string[] | undefined {
  if (depth > maxDepth) return undefined;
  switch (type.type) {
    case "TSLiteralType": return type.literal.type === "StringLiteral" ? [type.literal.value] : undefined;
    case "TSParenthesizedType": return literalKeys(modules, module, type.typeAnnotation, depth + 1);
    case "TSUnionType": {
      const keys = type.types.map((each) => literalKeys(modules, module, each, depth + 1));
      return keys.every((key) => key !== undefined) ? keys.flat().filter((key) => key !== undefined) : undefined;
    }
    case "TSTypeOperator": {
      if (type.operator !== "keyof") return undefined;
      const shape = shapeOfType(modules, module, type.typeAnnotation, depth + 1);
      return shape.kind === "object" ? [...shape.fields.keys()] : undefined;
    }
    case "TSIndexedAccessType": {
      const object = type.objectType.type === "TSParenthesizedType" ? type.objectType.typeAnnotation : type.objectType;
      if (object.type !== "TSTypeQuery" || object.exprName.type !== "Identifier") return undefined;
      const { name } = object.exprName;
      for (const statement of module.file.program.body) {
        const declaration = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
        if (declaration?.type !== "VariableDeclaration") continue;
        for (const { id, init } of declaration.declarations) {
          if (id.type !== "Identifier" || id.name !== name || !init) continue;
          const value = bare(init);
          if (value.type !== "ArrayExpression") return undefined;
          const names = value.elements.map((element) => (element?.type === "StringLiteral" ? element.value : undefined));
          return names.every((each) => each !== undefined) ? names.filter((each) => each !== undefined) : undefined;
        }
      }
      return undefined;
    }
    case "TSTypeReference": {
      const found = type.typeName.type === "Identifier" ? declarationOf(modules, module, type.typeName.name) : undefined;
      return found?.declaration.type === "TSTypeAliasDeclaration" ? literalKeys(modules, found.home, found.declaration.typeAnnotation, depth + 1) : undefined;
    }
    default: return undefined;
  }
}

function declarationOf(modules: Modules, module: Module, name: string, depth = 0): { declaration: Node; home: Module } | undefined {
  const own = module.declarations.of(name).find((each) => each.type === "TSTypeAliasDeclaration" || each.type === "TSInterfaceDeclaration" || each.type === "TSEnumDeclaration");
  if (own) return { declaration: own, home: module };
  const imported = module.declarations.imports.get(name);
  if (!imported || depth > 4) return undefined;
  const target = modules.find(module, imported.from);
  return target instanceof LoadedModule ? declarationOf(modules, target, imported.name, depth + 1) : undefined;
}

/** A JSDoc type: `number`, `number[][]`, `{x: number, y: number}`, `[number, number]`, `Array<number>`. */
export function shapeOfText(text: string): Shape {
  const type = text.trim().replace(/^[?!]|=$/g, "");
  if (type === "number" || type === "Number") return number;
  if (numericArrays.has(type)) return { kind: "list", element: number };
  if (/^(string|String)$/.test(type)) return { kind: "other", what: "a string" };
  if (/^(boolean|Boolean)$/.test(type)) return { kind: "other", what: "a truth value" };
  if (/^(Function|function\b.*|\(.*\)\s*=>.*)$/.test(type)) return { kind: "other", what: "a function" };
  if (type.endsWith("[]")) return { kind: "list", element: shapeOfText(type.slice(0, -2)) };
  const generic = /^(?:Array|ReadonlyArray)\.?<(.*)>$/.exec(type)?.[1];
  if (generic !== undefined) return { kind: "list", element: shapeOfText(generic) };
  if (type.startsWith("(") && type.endsWith(")")) return shapeOfText(type.slice(1, -1));
  if (type.startsWith("[") && type.endsWith("]")) {
    const parts = splitTop(type.slice(1, -1));
    return { kind: "list", length: parts.length, element: shapeOfText(parts[0] ?? "") };
  }
  if (type.startsWith("{") && type.endsWith("}")) {
    const fields = new Map<string, { shape: Shape; isOptional: boolean }>();
    for (const part of splitTop(type.slice(1, -1))) {
      const match = /^\s*(?:readonly\s+)?([\p{L}\p{N}_$]+)(\?)?\s*:\s*(.+)$/su.exec(part);
      if (match?.[1] && match[3]) fields.set(match[1], { shape: shapeOfText(match[3]), isOptional: match[2] === "?" });
    }
    return { kind: "object", fields };
  }
  const alternatives = splitTop(type, "|").filter((part) => !/^\s*(undefined|null)\s*$/.test(part));
  return alternatives.length > 1 || alternatives[0]?.trim() !== type ? shapeOfText(alternatives[0] ?? "") : unknown;
}

function splitTop(text: string, separator = ","): string[] {
  const parts: string[] = [];
  let depth = 0;
  let current = "";
  for (const character of text) {
    if ("([{<".includes(character)) depth++;
    if (")]}>".includes(character)) depth--;
    if (depth === 0 && (character === separator || (separator === "," && character === ";"))) {
      parts.push(current);
      current = "";
    } else current += character;
  }
  if (current.trim() !== "") parts.push(current);
  return parts;
}

export function toParameterShape(shape: Shape): ParameterShape {
  switch (shape.kind) {
    case "number": return { kind: "number" };
    case "list": {
      const element = toParameterShape(shape.element);
      return { kind: "array", ...(shape.length === undefined ? {} : { length: shape.length }), ...(element.kind === "unknown" ? {} : { element }) };
    }
    case "object": return { kind: "object", fields: [...shape.fields].map(([name, field]) => ({ name, shape: toParameterShape(field.shape) })) };
    case "other":
    case "unknown": return { kind: "unknown" };
  }
}
