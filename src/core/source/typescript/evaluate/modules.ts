import type { Source } from "../../program";
import { evaluateAssigned, evaluate } from "./expressions";
import { isOfNode, nodeModule } from "../library/nodeModules";
import { isLibrary, libraryCalled, librarySource } from "../library/libraries";
import type { Machine } from "../state/machine";
import { Module } from "../syntax/module";
import { parseText } from "../syntax/parse";
import { plainValue } from "../arguments/plainValue";
import { Refusal } from "../syntax/refusal";
import type { Scope} from "../state/scope";
import { type Frame } from "../state/scope";
import { Signal } from "../state/signals";
import { declareVariable, hoist, hoistVars, runStatement } from "./statements";
import { isFunctionNode, type Node } from "../syntax/syntax";
import { fromOutside } from "../syntax/outsideWorld";
import { writtenBy } from "../syntax/writtenBy";
import { known, missing, type NativeValue, type Value } from "../state/values";

/** The files a program is made of, parsed once; what their statements make is made anew by every machine. */
export class Modules {
  private readonly parsed = new Map<string, Module | Value>();
  private readonly scopes = new WeakMap<Machine, Map<Module, Scope>>();
  /** Statements that took too many steps once: they would again. */
  private readonly endless = new Map<Node, Refusal>();

  constructor(readonly main: Module, private readonly resolve: Source["resolve"], private readonly readFile: Source["readFile"]) {}

  /** A module of Node's, as far as files can be read. */
  private ofNode(from: Module, specifier: string): NativeValue | undefined {
    return this.readFile && nodeModule(specifier, { uri: from.uri, readFile: this.readFile });
  }

  /** Whether the name of a module of Node's can be used like one of the user's own. */
  knows(name: string, specifier: string): boolean {
    return this.readFile !== undefined && isOfNode(name, specifier);
  }

  /** The module, or JSON data, that a specifier means; undefined where there is none. */
  find(from: Module, specifier: string): Module | Value | undefined {
    const target = librarySource(specifier) ?? this.resolve?.(specifier, from.uri);
    if (!target) return undefined;
    const before = this.parsed.get(target.uri);
    if (before) return before;
    const made = target.uri.endsWith(".json") ? readJson(target.text) : this.read(target.uri, target.text);
    if (made) this.parsed.set(target.uri, made);
    return made;
  }

  private read(uri: string, text: string): Module | undefined {
    const language = /\.[cm]?jsx?$/.test(uri) ? "javascript" : "typescript";
    const { file, problems } = parseText(text, language);
    return problems.length > 0 && file.program.body.length === 0 ? undefined : new Module(uri, text, language, file, false);
  }

  /** The value of an imported name; undefined where the name is no import. */
  imported(machine: Machine, module: Module, name: string, node: Node): Value | undefined {
    const found = module.imports.get(name);
    if (!found) return undefined;
    const builtIn = this.ofNode(module, found.from);
    if (builtIn) return found.name === "*" || found.name === "default" ? builtIn : builtIn.get?.(machine, found.name, node);
    const target = this.find(module, found.from);
    if (!target) throw this.unresolved(machine, module, found.from, name, node, found.node);
    if (!(target instanceof Module)) return found.name === "*" || found.name === "default" ? target : memberOf(target, found.name);
    const value = found.name === "*" ? this.namespace(machine, target) : this.exported(machine, target, found.name);
    if (value) return value;
    if (isLibrary(target.uri)) throw machine.refuse(node, "E103", `"${found.name}" of "${found.from}" is not known here.`, "Write the few lines it does in this file.");
    throw machine.refuse(node, "E102", `"${found.from}" does not export "${found.name}".`, "Check the name.");
  }

  /** A library that a page's script knows by a name that nobody declares. */
  global(machine: Machine, name: string, node: Node): Value | undefined {
    const specifier = libraryCalled(name);
    const library = specifier === undefined ? undefined : this.find(this.main, specifier);
    if (!(library instanceof Module)) return undefined;
    machine.note(node, "I302", `"${name}" is declared nowhere, so it is read as the library ${specifier}.`);
    return this.namespace(machine, library);
  }

  /** CommonJS: `require("./data")` is what the file assigned to `module.exports`. */
  require(from: Module): Value {
    return {
      kind: "native", name: "require",
      call: (machine, [specifier], node) => {
        const name = specifier?.kind === "static" && typeof specifier.value === "string" ? specifier.value : undefined;
        if (name === undefined) throw machine.refuse(node, "E101", "Which file is loaded here is known only at run time.", "Import it at the top of the file, by its name.");
        const builtIn = this.ofNode(from, name);
        if (builtIn) return builtIn;
        const target = this.find(from, name);
        if (!target) throw this.unresolved(machine, from, name, name, node, node);
        if (!(target instanceof Module)) return target;
        return (target.isCommon ? this.exported(machine, target, "default") : undefined) ?? this.namespace(machine, target);
      },
    };
  }

  unresolved(machine: Machine, module: Module, from: string, name: string, node: Node, specifier: Node): Refusal {
    if (/^[./]/.test(from)) return machine.refuse(module.isMain ? specifier : node, "E102", `"${from}" cannot be found.`, "Check the path, or write the values in this file.");
    const outside = fromOutside(name, from);
    if (outside) return machine.refuse(node, outside.code, outside.message, outside.hint);
    return machine.refuse(node, "E103", `"${name}" comes from "${from}", whose source is not known here.`, "Write the few lines it does in this file.");
  }

  private exported(machine: Machine, module: Module, name: string): Value | undefined {
    const scope = this.scopeOf(machine, module);
    const target = module.exports.get(name);
    if (target === undefined) {
      for (const from of module.starExports) {
        const other = this.find(module, from);
        const value = other instanceof Module ? this.exported(machine, other, name) : undefined;
        if (value) return value;
      }
      if (name === "default" && module.exports.size > 0) return this.namespace(machine, module);
      return scope.find(name)?.content;
    }
    if (typeof target !== "string") {
      return isFunctionNode(target) ? evaluateAssigned(machine, scope, target, name) : evaluate(machine, scope, target);
    }
    if (target.startsWith("(")) return this.imported(machine, module, target, module.file.program);
    return scope.find(target)?.content ?? (module.imports.has(target) ? this.imported(machine, module, target, module.file.program) : undefined);
  }

  private namespace(machine: Machine, module: Module): Value {
    if (isLibrary(module.uri)) {
      return { kind: "native", name: module.uri.slice("library:".length, -".js".length), get: (at, name) => (module.exports.has(name) ? this.exported(at, module, name) : undefined) };
    }
    const fields = new Map<string, Value>();
    for (const name of module.exports.keys()) {
      const value = this.exported(machine, module, name);
      if (value) fields.set(name, value);
    }
    return machine.object(fields);
  }

  /** The module's scope, its statements having run. */
  scopeOf(machine: Machine, module: Module): Scope {
    const scopes = this.scopes.get(machine) ?? new Map<Module, Scope>();
    this.scopes.set(machine, scopes);
    const before = scopes.get(module);
    if (before) return before;
    const common = /\bexports\b|\bthis\b/.test(module.text) ? machine.object(new Map()) : undefined;
    const frame: Frame = {
      name: "", result: machine.slot(missing), returned: machine.slot(known(false)), birth: machine.now(), args: [], jumps: [],
      // At the top of a script, `this` is what it exports.
      ...(common && module.file.program.sourceType === "script" ? { self: common } : {}),
    };
    const scope = module.scope(frame);
    scopes.set(module, scope);
    if (common && /\bexports\b/.test(module.text)) {
      scope.declare("exports", machine.slot(common, "exports"));
      scope.declare("module", machine.slot(machine.object(new Map([["exports", common]])), "module"));
    }
    run(machine, module, scope, frame, this.endless);
    return scope;
  }
}

/**
 * Runs a module's statements as far as they need nothing but numbers. One that fails (it reads a file, draws on a page)
 * is no matter, unless something of it is used.
 */
function run(machine: Machine, module: Module, scope: Scope, frame: Frame, endless: Map<Node, Refusal>): void {
  const watch = module.isMain ? machine.watch : undefined;
  const outer = { frame: machine.frame, module: machine.module, seeding: machine.seeding, block: machine.block, regions: machine.regions.splice(0), limit: machine.staticOnly };
  machine.frame = frame;
  machine.module = module;
  machine.seeding = true;
  machine.staticOnly++;
  try {
    const { body } = module.file.program;
    hoistVars(machine, scope, module.file.program);
    hoist(machine, scope, body);
    for (const statement of body) {
      watch?.before(statement);
      try {
        const known = endless.get(statement);
        if (known) throw known;
        machine.budget.apart(() => { runStatement(machine, scope, statement); });
      } catch (problem) {
        if (!(problem instanceof Refusal || problem instanceof Signal)) throw problem;
        if (problem instanceof Refusal && problem.code === "E109") endless.set(statement, problem);
        watch?.failed();
        poison(machine, scope, statement, problem);
      }
    }
  } finally {
    machine.regions.push(...outer.regions);
    machine.frame = outer.frame;
    machine.module = outer.module;
    machine.seeding = outer.seeding;
    machine.staticOnly = outer.limit;
  }
}

/** Whatever the statement would have written is not known, and says why when it is used. */
function poison(machine: Machine, scope: Scope, statement: Node, problem: Refusal | Signal): void {
  const value: Value = {
    kind: "poison", what: "a value that could not be computed",
    fail: (node) => {
      throw problem instanceof Refusal ? problem : machine.refuse(node, "E102", "This value could not be computed when the file was read.", "Write it as plain numbers.");
    },
  };
  for (const [name, how] of writtenBy(statement)) {
    const slot = scope.find(name);
    if (!slot && how === "declared") declareVariable(machine, scope, name, value);
    else if (slot && slot.content.kind !== "function") machine.journal.setValue(slot, value);
  }
}

function memberOf(value: Value, name: string): Value {
  return value.kind === "object" ? value.fields.content.get(name)?.content ?? missing : missing;
}

function readJson(text: string): Value | undefined {
  try {
    const data: unknown = JSON.parse(text);
    return jsonValue(data);
  } catch (problem) {
    if (problem instanceof SyntaxError) return undefined;
    throw problem;
  }
}

const jsonValue = (data: unknown): Value => plainValue(undefined, data);

