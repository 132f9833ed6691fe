import { boundNames, childrenOf, isFunctionNode, type Node } from "./syntax";

/** What a file declares at its top, by name: looked up for every name of every function. */
export class Declarations {
  /** Functions, classes, types, enums, and the declarators of variables. */
  private readonly byName = new Map<string, Node[]>();
  /** Every name the file declares outside its functions, in blocks too. */
  readonly names = new Set<string>();
  /** Names that `import { a as b } from "…"` gives, types included. */
  readonly imports = new Map<string, { readonly from: string; readonly name: string }>();
  /** `let` and `var` at the top. */
  readonly variables = new Set<string>();

  constructor(program: Node & { type: "Program" }) {
    for (const statement of program.body) {
      const isExport = statement.type === "ExportNamedDeclaration" || statement.type === "ExportDefaultDeclaration";
      const declaration = isExport ? statement.declaration : statement;
      if (declaration) this.add(declaration);
    }
    addNames(program, this.names);
  }

  of(name: string): readonly Node[] {
    return this.byName.get(name) ?? [];
  }

  private add(declaration: Node): void {
    switch (declaration.type) {
      case "FunctionDeclaration":
      case "ClassDeclaration":
      case "TSTypeAliasDeclaration":
      case "TSInterfaceDeclaration":
      case "TSEnumDeclaration":
        if (declaration.id) this.put(declaration.id.name, declaration);
        return;
      case "TSModuleDeclaration":
        if (declaration.id.type === "Identifier") this.put(declaration.id.name, declaration);
        return;
      case "VariableDeclaration":
        for (const declarator of declaration.declarations) {
          for (const name of boundNames(declarator.id)) {
            this.put(name, declarator);
            if (declaration.kind !== "const") this.variables.add(name);
          }
        }
        return;
      case "ImportDeclaration":
        for (const specifier of declaration.specifiers) {
          if (specifier.type !== "ImportSpecifier") continue;
          const { imported } = specifier;
          this.imports.set(specifier.local.name, { from: declaration.source.value, name: imported.type === "Identifier" ? imported.name : imported.value });
        }
        return;
      default: return;
    }
  }

  private put(name: string, node: Node): void {
    const before = this.byName.get(name);
    if (before) before.push(node);
    else this.byName.set(name, [node]);
  }
}

/** Names that a block, a body or a program gives to things, its functions' own left out. */
export function addNames(root: Node, names: Set<string>): void {
  const visit = (node: Node): void => {
    switch (node.type) {
      case "VariableDeclaration":
        for (const each of node.declarations) for (const name of boundNames(each.id)) names.add(name);
        break;
      case "FunctionDeclaration":
      case "ClassDeclaration":
      case "ClassExpression":
      case "TSEnumDeclaration":
        if (node.id) names.add(node.id.name);
        break;
      case "TSModuleDeclaration":
        if (node.id.type === "Identifier") names.add(node.id.name);
        break;
      case "CatchClause":
        if (node.param) for (const name of boundNames(node.param)) names.add(name);
        break;
      default: break;
    }
    if (node === root || !isFunctionNode(node)) for (const child of childrenOf(node)) visit(child);
  };
  visit(root);
}
