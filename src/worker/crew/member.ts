import type { OpenRequest } from "../../shared/protocol";
import { Rpc } from "../../shared/rpc";
import type { RequestOptions } from "../../shared/rpc";
import type { RunningWorker } from "../../shared/runningWorker";
import { mostObjectives } from "../openObjectives";
import type { OutcomeOf, TaskKind } from "./tasks";
import type { AskMember, MemberSays, ShareRequest, WorkRequest } from "./voices";

/** One of the crew, as the first worker sees it. */
export class Member {
  private readonly rpc: Rpc<AskMember, MemberSays>;
  /** What it was told to prepare: as many as it keeps, the newest last. */
  private known: readonly OpenRequest[] = [];
  private isDismissed = false;

  constructor(private readonly worker: RunningWorker, private readonly log: (line: string) => void, onEnd: () => void) {
    this.rpc = new Rpc<AskMember, MemberSays>(worker.port, { serve: {}, hear: {}, onProblem: log });
    worker.onEnd((reason) => {
      if (this.isDismissed) return;
      log(`One of the crew ended: ${reason}`);
      this.rpc.dispose();
      onEnd();
    });
  }

  knows(request: OpenRequest): boolean {
    return this.known.includes(request);
  }

  /** Does some tasks. Rejects where it cannot. */
  async work<K extends TaskKind>(request: OpenRequest, work: WorkRequest<K>, options: RequestOptions<number>): Promise<readonly OutcomeOf<K>[]> {
    this.prepare(request);
    try {
      const { outcomes } = await this.rpc.request("work", work, options);
      return outcomes;
    } catch (error) {
      if (!options.signal?.aborted) this.log(`One of the crew left its work to the first: ${String(error)}`);
      throw error;
    }
  }

  /** Computes shares of evaluations until that is over. Rejects where it cannot. */
  async share(request: OpenRequest, share: ShareRequest, options: RequestOptions<number>): Promise<void> {
    this.prepare(request);
    await this.rpc.request("share", share, options);
  }

  over(job: number): void {
    this.rpc.emit("over", { job });
  }

  dismiss(): void {
    this.isDismissed = true;
    this.rpc.dispose();
    this.worker.terminate();
  }

  /** It hears one thing after the other, so nobody waits for it to be ready; where it cannot be, the work fails too. */
  private prepare(request: OpenRequest): void {
    if (this.knows(request)) return;
    this.known = [...this.known.filter(({ id }) => id !== request.id), request].slice(-mostObjectives);
    this.rpc.request("prepare", request).catch((error: unknown) => this.log(`One of the crew could not prepare: ${String(error)}`));
  }
}
