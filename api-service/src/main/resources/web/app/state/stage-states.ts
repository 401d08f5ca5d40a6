import { STAGES, type RenderJob, type Stage } from '../api/contract';

export type StageState = 'done' | 'working' | 'failed' | 'stopped' | 'open';

export interface StageProgress {
  readonly stage: Stage;
  readonly state: StageState;
}

/** Where each stage of a render stands. Stages run one after another, so the current one tells of all. */
export function stageStates(job: RenderJob): readonly StageProgress[] {
  const current = job.stage ? STAGES.indexOf(job.stage) : -1;
  return STAGES.map((stage, index) => ({ stage, state: stateOf(job, index, current) }));
}

function stateOf(job: RenderJob, index: number, current: number): StageState {
  if (job.status === 'completed' || index < current) {
    return 'done';
  }
  if (index > current) {
    return 'open';
  }
  switch (job.status) {
    case 'failed':
      return 'failed';
    case 'canceled':
      return 'stopped';
    case 'pending':
      return 'open';
    case 'processing':
      return 'working';
  }
}
