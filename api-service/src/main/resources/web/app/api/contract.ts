/** The parts of Storyreel's HTTP contract the studio reads. Names and units are the server's; times are ISO-8601 UTC. */

export type RenderStatus = 'pending' | 'processing' | 'completed' | 'failed' | 'canceled';

/** A render's stages, in the order in which they run. */
export const STAGES = ['prepare', 'speak', 'animate', 'compose', 'verify', 'store', 'settle'] as const;

export type Stage = (typeof STAGES)[number];

export interface Session {
  readonly subject: string;
  readonly workspaces: readonly string[];
  readonly expires_at: string;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly next_cursor?: string | null;
}

/** Why a render stands still although it is not finished; the reason is a word for programs, such as `retry`. */
export interface Waiting {
  readonly reason?: string | null;
  readonly since?: string | null;
  readonly until?: string | null;
  readonly position?: number | null;
  /** Who is waited for; absent for a worker of ours. */
  readonly provider?: string | null;
  /** Seconds that such renders usually take from here. */
  readonly estimate_seconds?: number | null;
}

export interface Cost {
  readonly estimated?: number | null;
  readonly actual?: number | null;
  /** What may have been charged besides, by calls that had no answer. */
  readonly possible?: number | null;
  readonly currency?: string | null;
}

export interface SceneCount {
  readonly total?: number | null;
  readonly completed?: number | null;
}

export interface RenderJob {
  readonly job_id: string;
  readonly task_id: string;
  readonly project_id: string;
  readonly title?: string | null;
  readonly status: RenderStatus;
  /** Percent, 0 to 100; never falls. */
  readonly progress: number;
  readonly message?: string | null;
  readonly stage?: Stage | null;
  readonly scenes?: SceneCount | null;
  readonly video_urls?: readonly string[] | null;
  readonly poster_url?: string | null;
  readonly captions_url?: string | null;
  readonly error_message?: string | null;
  readonly error_code?: string | null;
  readonly attempts?: number | null;
  readonly waiting?: Waiting | null;
  readonly provider?: string | null;
  /** What went less well in a render that was completed. */
  readonly warnings?: readonly string[] | null;
  readonly cost?: Cost | null;
  readonly created_at: string;
  readonly started_at?: string | null;
  readonly completed_at?: string | null;
}

export interface RenderAccepted {
  readonly job_id: string;
  readonly task_id: string;
  readonly status: RenderStatus;
}

/** The kinds of event a workspace's stream names. */
export const PROGRESS_EVENTS = ['progress', 'waiting', 'completed', 'failed', 'canceled'] as const;

export type ProgressEventName = (typeof PROGRESS_EVENTS)[number];

/** The data of one event: what changed in one render. */
export interface ProgressEvent {
  readonly status: RenderStatus;
  readonly progress?: number | null;
  readonly message?: string | null;
  readonly timestamp?: string | null;
  readonly task_id: string;
  readonly project_id?: string | null;
  readonly stage?: Stage | null;
  /** The scene being worked on, counted from 1. */
  readonly scene?: number | null;
  readonly scenes_total?: number | null;
  readonly scenes_completed?: number | null;
  readonly waiting_reason?: string | null;
  readonly waiting_until?: string | null;
  readonly waiting_position?: number | null;
  readonly waiting_provider?: string | null;
  readonly seq?: number | null;
}

export function isFinal(status: RenderStatus): boolean {
  return status === 'completed' || status === 'failed' || status === 'canceled';
}
