import type { Statement } from "../../../ir/types";
import type { Span } from "../../positions";
import { Refusal } from "../syntax/refusal";
import type { Node } from "../syntax/syntax";
import type { Machine } from "./machine";
import { NotStatic } from "./signals";

const maxSteps = 1_000_000;
const maxStatementSteps = 1_000_000;
/** What a plain loop takes for a byte, and some seconds of it. */
const stepsPerByte = 20;
const bytesPerStep = 16;
const mostGranted = 10_000_000;
/** Elements of the lists that are known now: a hundred bytes each. */
const maxCells = 2_000_000;
const maxStatements = 250_000;

/** How much may be read: steps, elements of lists, statements that are written. */
export class Budget {
  stepLimit = maxSteps;
  /** Where steps are at an end, rather than the trial that has a `stepLimit` of its own. */
  private lastStep = maxSteps;
  /** Steps that may yet be taken beyond the usual ones, by what goes through a file; and those that were. */
  private grants = 0;
  private granted = 0;
  private steps = 0;
  private cells = 0;
  private lastNode: Node | undefined;
  private statements = 0;

  constructor(private readonly machine: Pick<Machine, "refuse" | "spanOf" | "staticOnly">) {}

  step(node: Node, cost = 1): void {
    this.steps += cost;
    this.lastNode = node;
    this.expect(0, node);
  }

  /** So many steps are to come; where that is too many, it is said before they are taken. */
  expect(more: number, node: Node): void {
    if (this.steps + more > this.stepLimit) {
      if (this.machine.staticOnly > 0 && this.stepLimit < this.lastStep) throw new NotStatic("budget");
      throw this.machine.refuse(node, "E109", "Reading this takes too many steps.", "Check that the loop ends, or make the data smaller.");
    }
  }

  /** A file is read, of so many bytes: whoever goes through them byte by byte may take a little longer. */
  opened(bytes: number): void {
    this.grants = Math.min(this.grants + stepsPerByte * bytes, mostGranted - this.granted);
  }

  /** Bytes of a file are looked at: one, or many at a time, which takes less for each. */
  readBytes(bytes = 1): void {
    const more = Math.min(this.grants, bytes === 1 ? stepsPerByte : Math.ceil(bytes / bytesPerStep));
    this.grants -= more;
    this.granted += more;
    this.lastStep += more;
    this.stepLimit += more;
  }

  /** A statement of a file's own has steps of its own, and takes none from what comes after it. */
  apart(run: () => void): void {
    const before = { steps: this.steps, stepLimit: this.stepLimit, lastStep: this.lastStep };
    this.stepLimit = Math.min(this.stepLimit, this.steps + maxStatementSteps);
    this.lastStep = this.stepLimit;
    try {
      run();
    } finally {
      this.steps = before.steps;
      this.stepLimit = before.stepLimit;
      this.lastStep = before.lastStep;
    }
  }

  get stepsTaken(): number {
    return this.steps;
  }

  /** So many elements are about to be made. */
  expectCells(count: number, node: Node | undefined = this.lastNode): void {
    this.cells += count;
    if (this.cells <= maxCells) return;
    const span = node ? this.machine.spanOf(node) : undefined;
    throw new Refusal("E108", "Arrays grow too long here.", "Make the data smaller, or read them from a typed array.", span ?? { start: 0, end: 0 });
  }

  /** A statement of the IR has been written. */
  emitted(statement: Statement): void {
    if (++this.statements > maxStatements) {
      throw new Refusal("E108", "This function grows too large when it is written out.", "Use loops over numeric arrays, or fewer data.", statementSpan(statement));
    }
  }
}

function statementSpan(statement: Statement): Span {
  return ("span" in statement ? statement.span : undefined) ?? { start: 0, end: 0 };
}
