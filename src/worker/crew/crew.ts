import type { Objective } from "../../core/objective";
import type { Helpers } from "../../core/optimize/shares/inShares";
import type { ShareKernels } from "../../core/optimize/shares/shareKernels";
import { mostShares } from "../../core/optimize/shares/sharesOf";
import type { Progress } from "../../core/optimize/experiments/experiment";
import { inTurn } from "../../core/optimize/experiments/plan";
import type { Plan } from "../../core/optimize/experiments/plan";
import type { OpenRequest } from "../../shared/protocol";
import type { CallContext } from "../../shared/rpc";
import type { RunningWorker } from "../../shared/runningWorker";
import type { Steering } from "../../shared/steering";
import { inPieces } from "../inPieces";
import type { Help } from "./help";
import { CommonMemory } from "./commonMemory";
import { Job } from "./job";
import { Member } from "./member";
import { performerOf } from "./tasks";
import { Team } from "./team";
import type { OutcomeOf, TaskKind, TaskOf } from "./tasks";

/** Carries out a plan that is about an objective, by its number: alone, or with others. */
export type CarryOut = <K extends TaskKind, Result>(
  id: number, objective: Objective, kind: K, plan: Plan<TaskOf<K>, OutcomeOf<K>, Result>, context: CallContext<Progress>,
) => Promise<Result>;

/** Milliseconds of work that are worth judging how much there is; a word to a member; having it compile the function; starting it. */
export interface Worth {
  readonly look: number;
  readonly word: number;
  readonly opening: number;
  readonly start: number;
}

export interface CrewOptions {
  /** How many members there may be. */
  readonly size: number;
  readonly startMember: () => RunningWorker;
  readonly log: (line: string) => void;
  readonly worth?: Worth;
  /** Milliseconds without work after which members are let go. */
  readonly idleLimit?: number;
}

const usualWorth: Worth = { look: 5, word: 15, opening: 60, start: 250 };
const usualIdleLimit = 20_000;
/** What the data of one function may take in all members together: each has its own copy, and the text it was read from. */
export const mostData = 256 * 2 ** 20;

/**
 * Further workers, each a thread that runs the same script, for what falls into independent tasks. They are started when work
 * comes that is worth it, and let go when there has been none for a while; one that falls over is no loss but of time.
 */
export class Crew {
  private readonly members = new Set<Member>();
  private readonly worth: Worth;
  private jobs = 0;
  private lastJob = 0;
  private idle: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly options: CrewOptions) {
    this.worth = options.worth ?? usualWorth;
  }

  async carryOut<K extends TaskKind, Result>(
    request: OpenRequest, objective: Objective, kind: K, plan: Plan<TaskOf<K>, OutcomeOf<K>, Result>, context: CallContext<Progress>,
  ): Promise<Result> {
    const id = ++this.lastJob;
    const over = new AbortController();
    const called = new Set<Member>();
    const job = new Job(objective, kind, this.helpWith(id, kind, { request, objective, called, signal: over.signal, steering: context.steering }));
    const stir = (): void => job.stir();
    context.signal.addEventListener("abort", stir, { once: true });
    this.jobs++;
    clearTimeout(this.idle);
    try {
      return await inPieces(job.carryOut(plan), context, ({ done, total }) => ({ done, total }), ({ until }) => until);
    } finally {
      over.abort();
      context.signal.removeEventListener("abort", stir);
      for (const member of called) member.over(id);
      this.rest();
    }
  }

  /**
   * Runs something that evaluates an objective over and over, with members who compute shares of the evaluations (`dataset`: what batches are taken of).
   * Without memory that threads share it evaluates alone.
   */
  async together<Result>(
    request: OpenRequest, { objective, dataset }: ShareKernels, mostRows: number, context: Pick<CallContext, "steering">, run: (helpers?: Helpers) => Promise<Result>,
  ): Promise<Result> {
    const most = Math.min(this.mostFor(objective), mostShares - 1);
    if (most < 1 || typeof SharedArrayBuffer === "undefined") return run();
    const memory = CommonMemory.make(objective.dimension, mostRows);
    const { buffer, dimension } = memory;
    const over = new AbortController();
    const team: Team = new Team(memory, this.worth.start, () => {
      for (const member of this.someMembers(most)) {
        member.share(request, { objective: request.id, memory: { buffer, dimension, mostRows }, ...(dataset === undefined ? {} : { dataset }) }, { signal: over.signal, steering: context.steering })
          .catch((error: unknown) => { if (!over.signal.aborted) this.options.log(`One of the crew left its shares to the first: ${String(error)}`); });
      }
    });
    this.jobs++;
    clearTimeout(this.idle);
    try {
      return await run(team);
    } finally {
      team.leave();
      over.abort();
      this.rest();
    }
  }

  letGo(): void {
    clearTimeout(this.idle);
    for (const member of this.members) member.dismiss();
    this.members.clear();
  }

  /** One thing less to do. */
  private rest(): void {
    if (--this.jobs === 0) this.idle = setTimeout(() => this.letGo(), this.options.idleLimit ?? usualIdleLimit);
  }

  private mostFor(objective: Objective): number {
    return Math.min(this.options.size, Math.floor(mostData / (objective.dataBytes ?? 0)));
  }

  /** So many, or as many as there may be; started where they are not there yet. */
  private someMembers(most: number): Member[] {
    const all = [...this.members].slice(0, most);
    while (all.length < most) all.push(this.started());
    return all;
  }

  private helpWith<K extends TaskKind>(
    job: number, kind: K,
    { request, objective, called, signal, steering }: { request: OpenRequest; objective: Objective; called: Set<Member>; signal: AbortSignal; steering: Steering },
  ): Help<K> {
    const most = this.mostFor(objective);
    return {
      look: this.worth.look,
      call: (share) => {
        // Those that fell over count as well: whatever brought them down is not tried on yet another.
        const member = called.size < most ? this.member(request, called, share) : undefined;
        if (!member) return undefined;
        called.add(member);
        return {
          work: (tasks, each, onProgress) => member.work<K>(request, { objective: request.id, job, kind, tasks, each }, { signal, steering, onProgress }),
        };
      },
    };
  }

  /** One that has not been called yet, if it is worth it. */
  private member(request: OpenRequest, called: ReadonlySet<Member>, share: number): Member | undefined {
    const { word, opening, start } = this.worth;
    for (const member of this.members) {
      if (!called.has(member) && share > (member.knows(request) ? word : opening)) return member;
    }
    return share > start && this.members.size < this.options.size ? this.started() : undefined;
  }

  private started(): Member {
    const { startMember, log } = this.options;
    const member: Member = new Member(startMember(), log, () => void this.members.delete(member));
    this.members.add(member);
    return member;
  }
}

/** Without anybody else. */
export const alone: CarryOut = (_id, objective, kind, plan, context) =>
  inPieces(inTurn(plan, performerOf(kind, objective)), context, (progress) => progress);
