import { isFinal, type ProgressEvent, type RenderJob, type SceneCount, type Waiting } from '../api/contract';

/** The job after an event. What the event does not tell stays as it was; progress never falls, a final state stays. */
export function afterEvent(job: RenderJob, event: ProgressEvent): RenderJob {
  if (isFinal(job.status)) {
    return job;
  }
  return {
    ...job,
    status: event.status,
    progress: Math.max(job.progress, event.progress ?? 0),
    message: event.message ?? job.message ?? null,
    stage: event.stage ?? job.stage ?? null,
    scenes: sceneCount(job.scenes, event),
    waiting: waitingOf(event, job.waiting),
    started_at: job.started_at ?? (event.status === 'processing' ? (event.timestamp ?? null) : null),
  };
}

/**
 * The job after it was read again. The answer may have been under way while newer events arrived: then those win.
 */
export function afterReading(known: RenderJob | undefined, read: RenderJob): RenderJob {
  if (!known || isFinal(read.status)) {
    return read;
  }
  if (isFinal(known.status) || known.progress > read.progress) {
    return { ...read, ...liveFieldsOf(known) };
  }
  return read;
}

function liveFieldsOf({ status, progress, message, stage, scenes, waiting }: RenderJob): Partial<RenderJob> {
  return {
    status,
    progress,
    message: message ?? null,
    stage: stage ?? null,
    scenes: scenes ?? null,
    waiting: waiting ?? null,
  };
}

/** A render that moves again no longer waits: then the event names no reason. */
function waitingOf(event: ProgressEvent, known: Waiting | null | undefined): Waiting | null {
  return event.waiting_reason
    ? {
        reason: event.waiting_reason,
        until: event.waiting_until ?? null,
        since: (known?.reason === event.waiting_reason ? known.since : event.timestamp) ?? null,
        position: event.waiting_position ?? null,
        provider: event.waiting_provider ?? null,
      }
    : null;
}

function sceneCount(known: SceneCount | null | undefined, event: ProgressEvent): SceneCount {
  return {
    total: event.scenes_total ?? known?.total ?? null,
    completed: Math.max(event.scenes_completed ?? 0, known?.completed ?? 0),
  };
}
