import type { Access } from "./elementAccess";
import { plainList } from "./plainList";

/** More numbers than this are not copied into a function. */
const MOST_NUMBERS = 240;

const WIDTH = 106;

/** A piece of data, cut down to what the accesses go through: lists whole, of objects the fields that are read. */
export type Piece =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "list"; readonly items: readonly Piece[] }
  | { readonly kind: "record"; readonly fields: readonly (readonly [string, Piece])[] };

/** The data as far as the accesses need them; undefined where they are too many, or where elements of a list are of several kinds. */
export function pieceFor(value: unknown, accesses: readonly Access[]): Piece | undefined {
  const piece = cut(value, accesses.map(({ steps }) => steps));
  return piece && countNumbers(piece) <= MOST_NUMBERS ? piece : undefined;
}

function cut(value: unknown, ways: readonly Access["steps"][]): Piece | undefined {
  if (typeof value === "number") return { kind: "number", value };
  const rests = ways.flatMap((steps) => (steps.length > 0 ? [steps.slice(1)] : []));
  const list = plainList(value);
  if (list) {
    const items: Piece[] = [];
    for (const item of list) {
      const piece = cut(item, rests);
      const first = items[0];
      if (!piece || (first && shapeOf(first) !== shapeOf(piece))) return undefined;
      items.push(piece);
    }
    return { kind: "list", items };
  }
  if (typeof value !== "object" || value === null) return undefined;
  const fields: (readonly [string, Piece])[] = [];
  for (const [name, field] of Object.entries(value)) {
    const through = ways.filter(([step]) => step && ("step" in step ? step.step === name : step.fields?.includes(name)));
    if (through.length === 0) continue;
    const piece = cut(field, through.map((steps) => steps.slice(1)));
    if (!piece) return undefined;
    fields.push([name, piece]);
  }
  return { kind: "record", fields };
}

/** What type its literal has: lists of one kind may differ in length. */
function shapeOf(piece: Piece): string {
  switch (piece.kind) {
    case "number": return "n";
    case "list": return `[${piece.items[0] ? shapeOf(piece.items[0]) : ""}]`;
    case "record": return `{${piece.fields.map(([name, field]) => `${name}:${shapeOf(field)}`).join()}}`;
  }
}

function countNumbers(piece: Piece): number {
  switch (piece.kind) {
    case "number": return 1;
    case "list": return piece.items.reduce((sum, item) => sum + countNumbers(item), 0);
    case "record": return piece.fields.reduce((sum, [, field]) => sum + countNumbers(field), 0);
  }
}

/** `const name = …;` with as much on a line as fits. */
export function declarationOf(name: string, piece: Piece): string[] {
  const [first = "", ...others] = broken(piece, WIDTH - `const ${name} = ;`.length);
  const lines = [`const ${name} = ${first}`, ...others];
  return [...lines.slice(0, -1), `${lines[lines.length - 1] ?? ""};`];
}

function broken(piece: Piece, room: number): string[] {
  const whole = inline(piece);
  if (whole.length <= room || piece.kind === "number") return [whole];
  const indented = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`);
  if (piece.kind === "record") {
    const fields = piece.fields.flatMap(([name, field]) => {
      const [first = "", ...others] = broken(field, WIDTH - name.length);
      return closed([`${keyText(name)}: ${first}`, ...others]);
    });
    return ["{", ...indented(fields), "}"];
  }
  if (piece.items.every((item) => item.kind === "number")) return ["[", ...indented(filled(piece.items.map(inline))), "]"];
  return ["[", ...indented(piece.items.flatMap((item) => closed(broken(item, WIDTH)))), "]"];
}

const closed = (lines: readonly string[]): string[] => [...lines.slice(0, -1), `${lines[lines.length - 1] ?? ""},`];

/** Numbers, as many to a line as fit. */
function filled(items: readonly string[]): string[] {
  const lines: string[] = [];
  let line = "";
  for (const item of items) {
    if (line !== "" && line.length + item.length + 2 > WIDTH) {
      lines.push(`${line},`);
      line = "";
    }
    line += line === "" ? item : `, ${item}`;
  }
  return [...lines, `${line},`];
}

function inline(piece: Piece): string {
  switch (piece.kind) {
    case "number": return Object.is(piece.value, -0) ? "-0" : String(piece.value);
    case "list": return `[${piece.items.map(inline).join(", ")}]`;
    case "record": return `{ ${piece.fields.map(([name, field]) => `${keyText(name)}: ${inline(field)}`).join(", ")} }`;
  }
}

const keyText = (name: string): string => (/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name) ? name : JSON.stringify(name));
