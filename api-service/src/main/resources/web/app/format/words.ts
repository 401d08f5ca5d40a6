import { isFinal, type RenderJob, type RenderStatus, type Stage } from '../api/contract';
import { duration } from './time';

const STATUS: Readonly<Record<RenderStatus, string>> = {
  pending: 'Queued',
  processing: 'Rendering',
  completed: 'Completed',
  failed: 'Failed',
  canceled: 'Canceled',
};

export function statusInWords(job: RenderJob): string {
  const waits = job.waiting && job.waiting.reason !== 'queue' && !isFinal(job.status);
  return waits ? 'Waiting' : STATUS[job.status];
}

const WAITING: Readonly<Record<string, string>> = {
  queue: 'Waiting for a free worker',
  retry: 'Waiting before the next try',
  provider: 'Waiting for the provider',
};

export interface StageWords {
  readonly name: string;
  readonly purpose: string;
}

export const STAGE_WORDS: Readonly<Record<Stage, StageWords>> = {
  prepare: { name: 'Prepare', purpose: 'Fetch and check pictures and music' },
  speak: { name: 'Speak', purpose: 'Record the voice lines' },
  animate: { name: 'Animate', purpose: 'Make a clip of every scene' },
  compose: { name: 'Compose', purpose: 'Cut clips, voice and music together' },
  verify: { name: 'Verify', purpose: 'Watch the result for faults' },
  store: { name: 'Store', purpose: 'Save video, poster and captions' },
  settle: { name: 'Settle', purpose: 'Work out the cost' },
};

export function titleOf(job: RenderJob): string {
  return job.title?.trim() || 'Untitled video';
}

/** The line under a render's title that tells what goes on. */
export function activityOf(job: RenderJob, canceling: boolean): string {
  if (canceling) {
    return 'Canceling…';
  }
  const waiting = WAITING[job.waiting?.reason ?? (job.status === 'pending' ? 'queue' : '')];
  return job.message?.trim() || waiting || statusInWords(job);
}

/** When a waiting render goes on, or its place in the queue; null when neither is known. */
export function waitInWords({ waiting }: RenderJob, now: number): string | null {
  if (waiting?.position) {
    return `place ${waiting.position} in the queue${waiting.provider ? ` of ${waiting.provider}` : ''}`;
  }
  const seconds = waiting?.until ? (Date.parse(waiting.until) - now) / 1_000 : 0;
  return seconds > 0 ? `next try in ${duration(seconds)}` : null;
}

/** "2 of 5 scenes", or null when the render does not count scenes (yet). */
export function scenesInWords(job: RenderJob): string | null {
  const total = job.scenes?.total;
  return total ? `${job.scenes?.completed ?? 0} of ${total} ${total === 1 ? 'scene' : 'scenes'}` : null;
}
