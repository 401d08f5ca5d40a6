import type { RenderJob, RenderStatus, Stage } from '../api/contract';

const STATUS: Readonly<Record<RenderStatus, string>> = {
  pending: 'Queued',
  processing: 'Rendering',
  completed: 'Completed',
  failed: 'Failed',
  canceled: 'Canceled',
};

export function statusInWords(job: RenderJob): string {
  return job.waiting ? 'Waiting' : STATUS[job.status];
}

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
  if (job.waiting?.reason) {
    const position = job.waiting.position ? ` (place ${job.waiting.position} in the queue)` : '';
    return `${job.waiting.reason}${position}`;
  }
  return job.message?.trim() || (job.status === 'pending' ? 'Waiting for a free worker' : statusInWords(job));
}

/** "2 of 5 scenes", or null when the render does not count scenes (yet). */
export function scenesInWords(job: RenderJob): string | null {
  const total = job.scenes?.total;
  return total ? `${job.scenes?.completed ?? 0} of ${total} ${total === 1 ? 'scene' : 'scenes'}` : null;
}
