import { ByteWriter } from "./byteWriter";
import { FunctionBuilder, type FunctionReference } from "./functionBuilder";
import { type FunctionType, typeCodes } from "./valueTypes";

/** Numbers of the sections, in the order in which they must stand. */
const section = { type: 1, import: 2, function: 3, memory: 5, export: 7, code: 10, data: 11 } as const;
/** What an import or an export is. */
const kind = { function: 0, memory: 2 } as const;

const PAGE = 65536;
/** Addresses have 32 bits. */
const MOST_PAGES = 65536;

interface Import {
  readonly module: string;
  readonly name: string;
  readonly reference: FunctionReference;
}

/**
 * Puts a WebAssembly module together: functions, own and imported, and one linear memory. `assemble` gives the bytes that
 * `new WebAssembly.Module` takes. (https://webassembly.github.io/spec/core/binary/modules.html)
 */
export class ModuleBuilder {
  private readonly imports: Import[] = [];
  private readonly functions: FunctionBuilder[] = [];
  private readonly exports: { name: string; reference: FunctionReference }[] = [];
  private readonly data: { offset: number; bytes: Uint8Array }[] = [];
  private memory: { pages: number; origin: { exported: string } | { module: string; name: string } } | undefined;

  /** The host's function of that name; asked for again, the same one. */
  import(module: string, name: string, type: FunctionType): FunctionReference {
    const known = this.imports.find((each) => each.module === module && each.name === name);
    if (known) return known.reference;
    const reference: FunctionReference = { type };
    this.imports.push({ module, name, reference });
    return reference;
  }

  function(type: FunctionType, exported?: string): FunctionBuilder {
    const builder = new FunctionBuilder(type);
    this.functions.push(builder);
    if (exported !== undefined) this.exports.push({ name: exported, reference: builder });
    return builder;
  }

  /** A memory of the module's own, of `bytes` to begin with; it may grow. */
  ownMemory(bytes: number, exported: string): void {
    this.memory = { pages: pagesFor(bytes), origin: { exported } };
  }

  /** The host's memory, which must have `bytes` at least. */
  importMemory(bytes: number, module: string, name: string): void {
    this.memory = { pages: pagesFor(bytes), origin: { module, name } };
  }

  /** What stands in memory from the start. */
  initialise(offset: number, bytes: Uint8Array): void {
    this.data.push({ offset, bytes });
  }

  assemble(): Uint8Array<ArrayBuffer> {
    const types = new Types();
    const numbers = new Map<FunctionReference, number>();
    for (const { reference } of this.imports) numbers.set(reference, numbers.size);
    for (const builder of this.functions) numbers.set(builder, numbers.size);
    const indexOf = (reference: FunctionReference): number => {
      const index = numbers.get(reference);
      if (index === undefined) throw new Error("A function of another module is called.");
      return index;
    };
    const imports = this.imports.map(({ module, name, reference }) => entry((w) => w.name(module).name(name).byte(kind.function).unsigned(types.of(reference.type))));
    const declarations = this.functions.map(({ type }) => entry((w) => w.unsigned(types.of(type))));
    const exports = this.exports.map(({ name, reference }) => entry((w) => w.name(name).byte(kind.function).unsigned(indexOf(reference))));
    const memories: Uint8Array[] = [];
    if (this.memory) {
      const { origin, pages } = this.memory;
      const limits = entry((w) => w.byte(0).unsigned(pages));
      if ("exported" in origin) {
        memories.push(limits);
        exports.push(entry((w) => w.name(origin.exported).byte(kind.memory).unsigned(0)));
      } else imports.push(entry((w) => w.name(origin.module).name(origin.name).byte(kind.memory).append(limits)));
    }
    const bodies = this.functions.map((builder) => entry((w) => w.sized(builder.assemble(indexOf))));
    const data = this.data.map(({ offset, bytes }) => entry((w) => w.unsigned(0).byte(0x41).signed(BigInt(offset)).byte(0x0b).sized(bytes)));

    const module = new ByteWriter().append([0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
    const write = (id: number, entries: readonly Uint8Array[]): void => {
      if (entries.length > 0) module.byte(id).sized(list(entries));
    };
    write(section.type, types.entries);
    write(section.import, imports);
    write(section.function, declarations);
    write(section.memory, memories);
    write(section.export, exports);
    write(section.code, bodies);
    write(section.data, data);
    return module.toBytes();
  }
}

/** Each function type once. */
class Types {
  readonly entries: Uint8Array[] = [];
  private readonly numbers = new Map<string, number>();

  of({ parameters, results }: FunctionType): number {
    const key = `${parameters.join()}→${results.join()}`;
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    const codes = (types: FunctionType["parameters"]): number[] => types.map((type) => typeCodes[type]);
    this.entries.push(entry((w) => w.byte(0x60).sized(codes(parameters)).sized(codes(results))));
    this.numbers.set(key, this.entries.length - 1);
    return this.entries.length - 1;
  }
}

function entry(write: (writer: ByteWriter) => void): Uint8Array {
  const writer = new ByteWriter();
  write(writer);
  return writer.toBytes();
}

function list(entries: readonly Uint8Array[]): Uint8Array {
  const writer = new ByteWriter().unsigned(entries.length);
  for (const each of entries) writer.append(each);
  return writer.toBytes();
}

function pagesFor(bytes: number): number {
  const pages = Math.ceil(bytes / PAGE);
  if (pages > MOST_PAGES) throw new RangeError("A memory has four gigabytes at most.");
  return pages;
}
