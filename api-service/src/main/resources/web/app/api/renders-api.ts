import type { Page, RenderAccepted, RenderJob } from './contract';
import { call } from './http';

/** The renders of one workspace. */
export class RendersApi {
  private readonly base: string;

  constructor(readonly workspaceId: string) {
    this.base = `/api/v1/video/workspaces/${encodeURIComponent(workspaceId)}`;
  }

  get eventsUrl(): string {
    return `${this.base}/events`;
  }

  /** Newest first. */
  list(limit: number, cursor: string | null = null): Promise<Page<RenderJob>> {
    const query = new URLSearchParams({ limit: String(limit), kind: 'render' });
    if (cursor) {
      query.set('cursor', cursor);
    }
    return call('GET', `${this.base}/render/jobs?${query}`);
  }

  job(jobId: string): Promise<RenderJob> {
    return call('GET', this.jobPath(jobId));
  }

  cancel(jobId: string): Promise<void> {
    return call('POST', `${this.jobPath(jobId)}/cancel`);
  }

  /** Renders the project once more; the key makes a repeated request harmless. */
  renderAgain(projectId: string): Promise<RenderAccepted> {
    return call('POST', `${this.base}/render/${encodeURIComponent(projectId)}`, {
      body: {},
      headers: { 'Idempotency-Key': idempotencyKey() },
    });
  }

  private jobPath(jobId: string): string {
    return `${this.base}/render/jobs/${encodeURIComponent(jobId)}`;
  }
}

/** 128 random bits in hex. `crypto.randomUUID` would be missing where the studio is served over plain HTTP. */
function idempotencyKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
