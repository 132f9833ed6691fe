import type { FunctionBuilder, WasmLocal } from "../assembler/functionBuilder";
import type { Grid } from "./emitGrid";

/** Where the plane stands in memory, and the point of a row at s = 0. */
export interface PlanePlaces {
  readonly origin: number;
  readonly u: number;
  readonly v: number;
  readonly base: number;
  /** The addresses, less those above, of the unknowns that change along a row, and before them how many bytes they take. */
  readonly moving: number;
}

/** The unknowns at the points of a row: where they start at s = 0, and by how much they change with s. */
export class RowPoints {
  /** Of the values of points that are computed at once. */
  readonly bytes: number;
  private readonly wide: "f64" | "v128";
  private readonly lines: ReadonlyMap<number, { readonly start: WasmLocal; readonly slope: WasmLocal }>;
  private readonly column: WasmLocal;
  private readonly usesArray: boolean;

  constructor(
    private readonly f: FunctionBuilder, private readonly grid: Pick<Grid, "parts" | "places" | "layout">, isWide: boolean, private readonly from: WasmLocal, private readonly step: WasmLocal,
  ) {
    this.wide = isWide ? "v128" : "f64";
    this.bytes = isWide ? 16 : 8;
    const { rest } = grid.parts;
    this.lines = new Map(rest.scalars.map(({ offset }) => [offset, { start: f.local("f64"), slope: f.local("f64") }]));
    this.column = f.local(this.wide);
    this.usesArray = rest.arrays.some(({ role }) => role.kind === "parameter");
  }

  /** The row at t: what of the unknowns is the same at all its points. */
  beginRow(t: WasmLocal): void {
    const { f, grid: { places } } = this;
    for (const [offset, { start, slope }] of this.lines) {
      f.i32(0).memory("f64.load", places.origin + 8 * offset).get(t).i32(0).memory("f64.load", places.v + 8 * offset).op("f64.mul").op("f64.add").set(start);
      f.i32(0).memory("f64.load", places.u + 8 * offset).set(slope);
    }
    if (this.usesArray) this.writeArrayOfRow(t);
    // Counted in doubles: made from whole numbers at each turn, they would wait for what the turn before left in the same register.
    if (this.wide === "v128") f.f64x2(0, 1).set(this.column);
    else f.f64(0).set(this.column);
  }

  /** Leaves the value of an unknown that changes along the row on the stack, `copy` points or pairs ahead. */
  pushUnknown(offset: number, copy: number): void {
    const { start, slope } = this.line(offset);
    this.wideOf(() => this.f.get(start));
    this.pushS(copy);
    this.wideOf(() => this.f.get(slope));
    this.multiply();
    this.add();
  }

  /** The same of one that does not change. */
  pushStart(offset: number): void {
    this.f.get(this.line(offset).start);
  }

  /** Writes the unknowns that stand in arrays to where the function finds them, as they are at s = 0. */
  private writeArrayOfRow(t: WasmLocal): void {
    const { f, grid: { places, layout, parts: { rest } } } = this;
    const [k, isWide] = [f.local("i32"), this.wide === "v128"];
    const value = f.local("f64");
    f.i32(0).set(k);
    f.loop((again) => {
      f.get(k).memory("f64.load", places.origin).get(t).get(k).memory("f64.load", places.v).op("f64.mul").op("f64.add").set(value);
      f.get(k).get(value).memory("f64.store", places.base);
      f.get(k);
      if (isWide) f.i32(1).op("i32.shl");
      this.wideOf(() => f.get(value));
      f.memory(isWide ? "v128.store" : "f64.store", layout.x);
      f.get(k).i32(8).op("i32.add").tee(k).i32(8 * rest.dimension).op("i32.lt_u").branchIf(again);
    });
  }

  /** Those of them that change along the row, as they are at a point. */
  writeArray(copy: number): void {
    const { f, grid: { places, layout } } = this;
    if (!this.usesArray) return;
    const isWide = this.wide === "v128";
    this.eachMoving((k) => {
      f.get(k);
      if (isWide) f.i32(1).op("i32.shl");
      f.get(k).memory(isWide ? "v128.load64_splat" : "f64.load", places.base);
      this.pushS(copy);
      f.get(k).memory(isWide ? "v128.load64_splat" : "f64.load", places.u);
      this.multiply();
      this.add();
      f.memory(isWide ? "v128.store" : "f64.store", layout.x);
    });
  }

  goOn(copies: number): void {
    this.pushColumn(copies);
    this.f.set(this.column);
  }

  private pushS(copy: number): void {
    this.wideOf(() => this.f.get(this.from));
    this.pushColumn(copy);
    this.wideOf(() => this.f.get(this.step));
    this.multiply();
    this.add();
  }

  private pushColumn(copies: number): void {
    const { f } = this;
    f.get(this.column);
    if (copies === 0) return;
    if (this.wide === "v128") f.f64x2(2 * copies);
    else f.f64(copies);
    this.add();
  }

  private wideOf(push: () => void): void {
    push();
    if (this.wide === "v128") this.f.op("f64x2.splat");
  }

  private multiply(): void { this.f.op(this.wide === "v128" ? "f64x2.mul" : "f64.mul"); }
  private add(): void { this.f.op(this.wide === "v128" ? "f64x2.add" : "f64.add"); }

  private eachMoving(body: (k: WasmLocal) => void): void {
    const { f, grid: { places } } = this;
    const [at, k, end] = [f.local("i32"), f.local("i32"), f.local("i32")];
    f.i32(0).tee(at).memory("i32.load", places.moving).tee(end).if(() => {
      f.loop((again) => {
        f.get(at).memory("i32.load", places.moving + 4).set(k);
        body(k);
        f.get(at).i32(4).op("i32.add").tee(at).get(end).op("i32.lt_u").branchIf(again);
      });
    });
  }

  private line(offset: number): { readonly start: WasmLocal; readonly slope: WasmLocal } {
    const line = this.lines.get(offset);
    if (!line) throw new Error(`There is no unknown ${offset}.`);
    return line;
  }
}
