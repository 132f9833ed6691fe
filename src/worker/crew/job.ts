import type { Objective } from "../../core/objective";
import type { Progress } from "../../core/optimize/experiments/experiment";
import type { Perform, Plan } from "../../core/optimize/experiments/plan";
import type { Help, Helper } from "./help";
import { OpenRound } from "./openRound";
import type { Taken } from "./openRound";
import { Pace } from "./pace";
import { performerOf } from "./tasks";
import type { OutcomeOf, TaskKind, TaskOf } from "./tasks";

/** How far it is; with `until`, there is nothing to do here before that is settled. */
export interface Standing extends Progress {
  readonly until?: Promise<void>;
}

/** Milliseconds of work that a helper is given at a time: much more than asking takes, little enough for all to end together. */
const portion = 60;
/** Milliseconds of work that must lie ahead for a helper to be given a second portion while it is at the first. */
const plenty = 8 * portion;

type Round<K extends TaskKind> = OpenRound<TaskOf<K>, OutcomeOf<K>>;

interface Hand<K extends TaskKind> {
  readonly helper: Helper<K>;
  /** How many portions it is at. */
  portions: number;
}

/**
 * Carries out a plan together with helpers, as far as they pay. It begins alone; how long that takes decides who is called, never
 * what comes out, for a task has the same outcome wherever it is done. What a helper fails at is done here.
 */
export class Job<K extends TaskKind> {
  /** In what tasks count for. */
  private doneHere = 0;
  private doneElsewhere = 0;
  private readonly underWay = new Set<{ done: number }>();
  private readonly pace: Pace;
  private readonly hands = new Set<Hand<K>>();
  private wake: (() => void) | undefined;

  constructor(private readonly objective: Objective, private readonly kind: K, private readonly help: Help<K>) {
    this.pace = new Pace(help.look);
  }

  *carryOut<Result>(plan: Plan<TaskOf<K>, OutcomeOf<K>, Result>): Generator<Standing, Result, void> {
    const perform = performerOf(this.kind, this.objective);
    let step = plan.next();
    while (!step.done) {
      const round: Round<K> = new OpenRound(step.value);
      if (round.isComplete) yield this.standing(round);
      while (!round.isComplete) {
        const taken = round.takeOne();
        if (taken) yield* this.doHere(taken, round, perform);
        else yield { ...this.standing(round), until: new Promise((resolve) => { this.wake = resolve; }) };
      }
      step = plan.next(round.outcomes);
    }
    return step.value;
  }

  /** Something happened that whoever waits should look at. */
  stir(): void {
    this.wake?.();
  }

  private *doHere(taken: Taken<TaskOf<K>>, round: Round<K>, perform: Perform<TaskOf<K>, OutcomeOf<K>>): Generator<Standing, void, void> {
    const work = perform(taken.task);
    let done = 0;
    for (;;) {
      const began = performance.now();
      const piece = work.next();
      const now = piece.done ? round.each : piece.value;
      this.pace.add(performance.now() - began, now - done);
      this.doneHere += now - done;
      done = now;
      if (piece.done) round.give(taken, piece.value);
      this.callHelpers(round);
      yield this.standing(round);
      if (piece.done) return;
    }
  }

  private standing({ total }: Round<K>): Standing {
    let done = this.doneHere + this.doneElsewhere;
    for (const portionDone of this.underWay) done += portionDone.done;
    return { done, total };
  }

  /** Milliseconds of work that nobody has taken yet. */
  private ahead(round: Round<K>): number {
    return this.pace.of(round.untaken * round.each);
  }

  private callHelpers(round: Round<K>): void {
    for (const hand of this.hands) if (hand.portions === 0 && this.ahead(round) > portion) this.occupy(hand, round);
    for (;;) {
      const helper = this.help.call(this.ahead(round) / (this.hands.size + 2));
      if (!helper) return;
      const hand = { helper, portions: 0 };
      this.hands.add(hand);
      this.occupy(hand, round);
    }
  }

  private occupy(hand: Hand<K>, round: Round<K>): void {
    void this.keepBusy(hand, round, 0);
    void this.keepBusy(hand, round, plenty);
  }

  /** Gives it one portion after the other, as long as more than so many milliseconds of work lie ahead. */
  private async keepBusy(hand: Hand<K>, round: Round<K>, ahead: number): Promise<void> {
    hand.portions++;
    while (this.hands.has(hand) && this.ahead(round) > ahead) {
      const fair = Math.ceil(round.untaken / (2 * (this.hands.size + 1)));
      const taken = round.take(Math.max(1, Math.min(fair, Math.floor(portion / this.pace.of(round.each)))));
      await this.doElsewhere(hand, taken, round);
    }
    hand.portions--;
  }

  private async doElsewhere(hand: Hand<K>, taken: readonly Taken<TaskOf<K>>[], round: Round<K>): Promise<void> {
    const progress = { done: 0 };
    this.underWay.add(progress);
    try {
      const outcomes = await hand.helper.work(taken.map(({ task }) => task), round.each, (done) => {
        progress.done = done;
        this.stir();
      });
      taken.forEach((each, k) => {
        const outcome = outcomes[k];
        if (outcome === undefined) round.handBack([each]);
        else round.give(each, outcome);
      });
      this.doneElsewhere += taken.length * round.each;
    } catch {
      // Whatever it is, it shows itself again when the work is done here, unless it is the helper that is gone.
      this.hands.delete(hand);
      round.handBack(taken);
    } finally {
      this.underWay.delete(progress);
      this.stir();
    }
  }
}
