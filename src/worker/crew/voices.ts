import type { OpenRequest } from "../../shared/protocol";
import type { CommonMemory } from "./commonMemory";
import type { OutcomeOf, TaskKind, TaskOf } from "./tasks";

/** Some of the tasks of a job, which is one experiment or one grid. */
export interface WorkRequest<K extends TaskKind = TaskKind> {
  objective: number;
  job: number;
  kind: K;
  tasks: readonly TaskOf<K>[];
  /** What each counts for. */
  each: number;
}

/** To compute shares of an objective's evaluations, as long as they come, in memory that both see. */
export interface ShareRequest {
  objective: number;
  /** What batches are taken of. */
  dataset?: string;
  memory: Pick<CommonMemory, "buffer" | "dimension" | "mostRows">;
}

/** In the order of the tasks. */
export interface WorkAnswer {
  outcomes: readonly OutcomeOf<TaskKind>[];
}

interface MemberRequests {
  /** Reads and compiles what tasks will be about. */
  prepare: { request: OpenRequest; response: null };
  /** `progress`: how much of these tasks is done. */
  work: { request: WorkRequest; response: WorkAnswer; progress: number };
  /** Answered when it is over. `progress`: how many shares it has computed. */
  share: { request: ShareRequest; response: null; progress: number };
}

interface MemberEvents {
  /** What was remembered of a job can go. */
  over: { job: number };
}

/** The first worker to the others of its crew: `Rpc<AskMember, MemberSays>` at the first. */
export interface AskMember {
  requests: MemberRequests;
  events: MemberEvents;
}

export interface MemberSays {
  requests: object;
  events: object;
}
