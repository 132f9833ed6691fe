import { call, float, int, load, select } from "../ir/build";
import { evaluate } from "../ir/evaluate";
import { flatIndex } from "../ir/shape";
import type { ArrayVariable, Call, Constant, Expression, Local } from "../ir/types";
import { typeOf } from "../ir/visit";
import { affineKey, affineOf, isNumber, toExpression } from "./affine";
import { NoClosedForm } from "./canonical";
import { Choices } from "./choices";
import { everyElement, keyOf, type Place, State } from "./elements";
import { answered, lengthNamed, narrowing, ofIndices } from "./indices";
import { whyLost } from "./lost";
import { PutIn } from "./neutral";
import type { Sums } from "./sums";
import { tellNumber } from "./toldNumbers";
import type { Turn } from "./turn";

/** What expressions are where the program stands: in terms of the unknowns, of the indices of the loops around it, and of numbers. */
export class Evaluation {
  state = new State();
  /** Loops that are run once for all their turns, the outermost first. */
  readonly turns: Turn[] = [];
  /** Numbers of data that have been read. */
  readonly data = new Set<string>();
  /** Elements that have been written or read, by their keys. */
  readonly places = new Map<string, Place>();
  private readonly loads = new Map<string, Expression>();
  private readonly putIn = new PutIn();
  readonly choices = new Choices((part) => this.called(part));

  /** `lengths`: those of data that are told by a letter. */
  constructor(private readonly sums: Sums | undefined, private readonly lengths: ReadonlySet<number>) {}

  /** An expression with everything known put in, and computed where all of it is numbers. */
  of(expression: Expression): Expression {
    switch (expression.kind) {
      case "constant": return expression.type === "f64" && expression.text === undefined ? this.computed(expression) ?? expression : expression;
      case "read": return this.putIn.mark(this.local(expression.local));
      case "load": return this.putIn.mark(this.element(this.place(expression.array, expression.indices.map((index) => this.of(index))), expression));
      case "select": {
        // What a condition keeps from being read may not be there.
        const condition = this.of(expression.condition);
        if (condition.kind === "constant") return this.of(condition.value ? expression.whenTrue : expression.whenFalse);
        return this.choices.of(condition, this.where(condition, true, () => this.of(expression.whenTrue)), this.where(condition, false, () => this.of(expression.whenFalse)), expression.span);
      }
      case "call": return this.called(call(expression.primitive, expression.args.map((arg) => this.of(arg)), expression.span));
    }
  }

  /** What a condition says about indices holds inside its arms. */
  where<T>(condition: Expression, holds: boolean, run: () => T): T {
    return this.sums ? this.sums.within(narrowing(condition, holds), run) : run();
  }

  private called(part: Call): Expression {
    const [only] = part.args;
    // Whole numbers and conditions fold; arithmetic of the user's own numbers stays as written (1/3).
    if (typeOf(part) !== "f64" && part.args.every((operand) => operand.kind === "constant")) {
      const value = evaluate(part);
      return typeOf(part) === "i32" ? int(value, part.span) : { kind: "constant", type: "bool", value };
    }
    if (part.primitive === "toFloat" && only?.kind === "constant") return this.putIn.mark(float(only.value, part.span));
    if (part.primitive === "toInt" && only?.kind === "call" && only.primitive === "toFloat" && only.args[0]) return only.args[0];
    if (part.primitive === "boolToFloat" && only) return select(only, float(1), float(0), part.span);
    return (this.sums && ofIndices(part, this.sums)) ?? answered(part) ?? this.choices.asked(part) ?? this.putIn.without(part);
  }

  /** A number that the reader computed, as a person would write it. */
  private computed({ value, computedFrom }: Constant): Expression | undefined {
    return (this.sums && lengthNamed(value, this.lengths, this.sums)) ?? (computedFrom && this.of(computedFrom)) ?? tellNumber(value);
  }

  local(local: Local): Expression {
    const value = this.state.values.get(local.name);
    const reason = whyLost(value);
    if (reason !== undefined) throw new NoClosedForm(reason);
    return value ?? { kind: "constant", type: local.type, value: 0 };
  }

  written(array: ArrayVariable, indices: readonly Expression[]): Place {
    return this.place(array, indices.map((index) => this.of(index)));
  }

  private place(array: ArrayVariable, indices: readonly Expression[]): Place {
    const at = indices.map((index) => affineOf(index) ?? this.refusePlace());
    const key = keyOf({ array, at });
    const place = this.places.get(key) ?? { array, at };
    this.places.set(key, place);
    for (const turn of this.turns) turn.touch(place);
    return place;
  }

  private refusePlace(): never {
    throw new NoClosedForm("which element it reads depends on the unknowns or on other data");
  }

  element(place: Place, where?: Expression): Expression {
    const { array } = place;
    const key = keyOf(place);
    const { role } = array;
    if (role.kind === "data" || role.kind === "parameter") {
      const known = this.loads.get(key);
      if (known) return known;
      const found = this.given(place, where);
      this.loads.set(key, found);
      return found;
    }
    const known = this.state.values.get(key);
    if (known) return known;
    if (this.sums && this.state.mayMeet(place, this.sums).some((other) => /\[[-\d,]+$/.test(other))) throw new NoClosedForm("which of the elements it wrote it reads depends on the turn of a loop");
    const written = (this.sums && this.state.found(place, this.sums)) ?? this.state.values.get(everyElement(array));
    if (written) return written;
    const turn = [...this.turns].reverse().find(({ arrays }) => arrays.has(array.name));
    if (turn) {
      const before = turn.elementBefore(place);
      this.state.values.set(key, before);
      return before;
    }
    return { kind: "constant", type: array.element, value: 0 };
  }

  /** An element of the data or of the unknowns. */
  private given({ array, at }: Place, where: Expression | undefined): Expression {
    const inside = at.every((index, d) => {
      const range = isNumber(index) ? [index.constant, index.constant] as const : this.sums?.rangeOf(index);
      return range !== undefined && range[0] >= 0 && range[1] < (array.shape[d] ?? 1);
    });
    if (!inside) throw new NoClosedForm("it reads beyond the end of its data");
    if (array.role.kind !== "data" || !at.every(isNumber)) return load(array, at.map(toExpression), where?.span);
    const value = array.role.values[flatIndex(array, at.map(({ constant }) => constant))] ?? NaN;
    if (array.element === "i32") return int(value, where?.span);
    this.data.add(`${array.name}[${at.map(affineKey).join(",")}`);
    // The user's data are decimals: 0.5 among 0.3 and 0.7 is no ½.
    return float(value, where?.span, Number.isInteger(value) || !Number.isFinite(value) ? undefined : String(value));
  }
}
