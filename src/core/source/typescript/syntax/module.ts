import type { File } from "@babel/types";
import { LineIndex } from "../../positions";
import type { Language } from "../../program";
import { Scope, type Frame } from "../state/scope";
import { Declarations } from "./declarations";
import { bare, boundNames, walk, type Node } from "./syntax";

/** One file of the user's, parsed: its names, what it takes from elsewhere, and how its variables are written. */
export class Module {
  readonly lines: LineIndex;
  readonly declarations: Declarations;
  readonly imports = new Map<string, ImportedName>();
  /** Exported name to local name, or to an expression. */
  readonly exports = new Map<string, string | Node>();
  readonly starExports: string[] = [];
  /** Whether it assigns `module.exports` as a whole. */
  isCommon = false;
  /** Names that are assigned somewhere after their declaration. */
  readonly reassigned = new Set<string>();
  /** Names that are only ever counted: `i++`, `n += 2`. */
  readonly counters = new Map<string, "up" | "any">();

  constructor(readonly uri: string, readonly text: string, readonly language: Language, readonly file: File, readonly isMain: boolean) {
    this.lines = new LineIndex(text);
    this.declarations = new Declarations(file.program);
    this.readImports();
    this.readAssignments();
  }

  scope(frame: Frame): Scope {
    return new Scope(undefined, this, frame);
  }

  private readImports(): void {
    for (const statement of this.file.program.body) {
      switch (statement.type) {
        case "ImportDeclaration":
          if (statement.importKind === "type" || statement.importKind === "typeof") break;
          for (const specifier of statement.specifiers) {
            const from = statement.source.value;
            if (specifier.type === "ImportDefaultSpecifier") this.imports.set(specifier.local.name, { from, name: "default", node: statement.source });
            else if (specifier.type === "ImportNamespaceSpecifier") this.imports.set(specifier.local.name, { from, name: "*", node: statement.source });
            else if (specifier.importKind !== "type") {
              const imported = specifier.imported.type === "Identifier" ? specifier.imported.name : specifier.imported.value;
              this.imports.set(specifier.local.name, { from, name: imported, node: statement.source });
            }
          }
          break;
        case "ExportNamedDeclaration":
          if (statement.declaration) {
            const { declaration } = statement;
            if (declaration.type === "VariableDeclaration") {
              for (const name of declaration.declarations.flatMap((each) => boundNames(each.id))) this.exports.set(name, name);
            } else if ("id" in declaration && declaration.id?.type === "Identifier") this.exports.set(declaration.id.name, declaration.id.name);
          }
          for (const specifier of statement.specifiers) {
            if (specifier.type === "ExportNamespaceSpecifier" && statement.source) {
              const hidden = `(${statement.source.value}):*`;
              this.imports.set(hidden, { from: statement.source.value, name: "*", node: statement.source });
              this.exports.set(specifier.exported.name, hidden);
            }
            if (specifier.type !== "ExportSpecifier") continue;
            const exported = specifier.exported.type === "Identifier" ? specifier.exported.name : specifier.exported.value;
            if (statement.source) {
              const hidden = `(${statement.source.value}):${specifier.local.name}`;
              this.imports.set(hidden, { from: statement.source.value, name: specifier.local.name, node: statement.source });
              this.exports.set(exported, hidden);
            } else this.exports.set(exported, specifier.local.name);
          }
          break;
        case "ExportAllDeclaration": this.starExports.push(statement.source.value); break;
        case "ExportDefaultDeclaration": {
          const { declaration } = statement;
          if ((declaration.type === "FunctionDeclaration" || declaration.type === "ClassDeclaration") && declaration.id) this.exports.set("default", declaration.id.name);
          else this.exports.set("default", declaration);
          break;
        }
        case "VariableDeclaration":
          for (const { id, init } of statement.declarations) this.readRequire(id, init ?? undefined);
          break;
        case "ExpressionStatement": this.readCommonExport(statement.expression); break;
        default: break;
      }
    }
  }

  /** `const { a, b: c } = require("./x")`. */
  private readRequire(id: Node, init: Node | undefined): void {
    const value = init ? bare(init) : undefined;
    if (value?.type !== "CallExpression" || value.callee.type !== "Identifier" || value.callee.name !== "require") return;
    const [specifier] = value.arguments;
    if (specifier?.type !== "StringLiteral") return;
    const from = specifier.value;
    if (id.type === "Identifier") this.imports.set(id.name, { from, name: "*", node: specifier });
    if (id.type !== "ObjectPattern") return;
    for (const property of id.properties) {
      if (property.type === "ObjectProperty" && property.key.type === "Identifier" && property.value.type === "Identifier") {
        this.imports.set(property.value.name, { from, name: property.key.name, node: specifier });
      }
    }
  }

  /** `module.exports = { f, g: h }`, `module.exports = f`, `exports.f = f`. */
  private readCommonExport(expression: Node): void {
    if (expression.type !== "AssignmentExpression" || expression.left.type !== "MemberExpression") return;
    const { left, right } = expression;
    const isExports = (node: Node): boolean => (node.type === "Identifier" && node.name === "exports")
      || (node.type === "MemberExpression" && node.object.type === "Identifier" && node.object.name === "module"
        && node.property.type === "Identifier" && node.property.name === "exports");
    if (isExports(left)) {
      this.isCommon = true;
      if (right.type !== "ObjectExpression") this.exports.set("default", right);
      else {
        for (const property of right.properties) {
          if (property.type === "ObjectProperty" && property.key.type === "Identifier") {
            this.exports.set(property.key.name, property.value.type === "Identifier" ? property.value.name : property.value);
          }
        }
      }
    } else if (isExports(left.object) && left.property.type === "Identifier") {
      this.exports.set(left.property.name, right.type === "Identifier" ? right.name : right);
    }
  }

  private readAssignments(): void {
    const other = new Set<string>();
    walk(this.file.program, (node) => {
      if (node.type === "UpdateExpression" && node.argument.type === "Identifier") {
        this.count(node.argument.name, node.operator === "++");
      } else if (node.type === "AssignmentExpression") {
        if (node.left.type === "Identifier" && /^(>>|<<|&|\||\^)=$/.test(node.operator)) {
          this.count(node.left.name, false);
          return undefined;
        }
        const isCount = node.left.type === "Identifier" && (node.operator === "+=" || node.operator === "-=")
          && node.right.type === "NumericLiteral" && Number.isInteger(node.right.value);
        if (isCount && node.left.type === "Identifier") this.count(node.left.name, node.operator === "+=");
        else {
          for (const name of node.left.type === "MemberExpression" ? [] : boundNames(node.left)) {
            this.reassigned.add(name);
            other.add(name);
          }
        }
      } else if ((node.type === "ForOfStatement" || node.type === "ForInStatement") && node.left.type !== "VariableDeclaration") {
        for (const name of boundNames(node.left)) {
          this.reassigned.add(name);
          other.add(name);
        }
      }
      return undefined;
    });
    for (const name of other) this.counters.delete(name);
  }

  private count(name: string, isUp: boolean): void {
    this.reassigned.add(name);
    this.counters.set(name, isUp && this.counters.get(name) !== "any" ? "up" : "any");
  }
}

export interface ImportedName {
  readonly from: string;
  readonly name: string;
  /** The specifier: where a person looks when it cannot be found. */
  readonly node: Node;
}
