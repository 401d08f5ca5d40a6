import type { RenderJob } from '../api/contract';
import type { ProgressBar } from './progress-bar';

/** The colour that goes with a render's state; never the only sign of it. */
export function toneOf(job: RenderJob): ProgressBar['tone'] {
  switch (job.status) {
    case 'completed':
      return 'good';
    case 'failed':
      return 'bad';
    case 'canceled':
      return 'idle';
    case 'pending':
      return job.waiting ? 'wait' : 'idle';
    case 'processing':
      return job.waiting ? 'wait' : 'active';
  }
}
