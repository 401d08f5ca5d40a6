import { isFinal, type Page, type ProgressEvent, type RenderJob } from '../api/contract';
import { asProblem, type Problem } from '../api/problem';
import { RendersApi } from '../api/renders-api';
import { WorkspaceEvents, type Connection } from '../api/workspace-events';
import { afterEvent, afterReading } from './job-progress';
import { Observable } from './observable';
import type { SessionStore } from './session-store';

const PAGE_SIZE = 24;

/** The renders of one workspace as the server sees them now: read once, then kept true by the event stream. */
export class RenderBoard extends Observable {
  connection: Connection = 'connecting';
  loaded = false;
  /** Stays until the next action or until the list could be read: a reading in the background must not wipe it out. */
  problem: Problem | null = null;
  nextCursor: string | null = null;

  private readonly jobs = new Map<string, RenderJob>();
  private readonly missing = new Set<string>();
  private readonly canceling = new Set<string>();
  private readonly reading = new Map<string, Promise<void>>();
  private readonly api: RendersApi;
  private readonly events: WorkspaceEvents;

  constructor(
    readonly workspaceId: string,
    private readonly session: SessionStore,
  ) {
    super();
    this.api = new RendersApi(workspaceId);
    this.events = new WorkspaceEvents(this.api.eventsUrl, {
      opened: () => void this.refresh(),
      progressed: (event) => this.progressed(event),
      connectionChanged: (connection) => {
        this.connection = connection;
        this.changed();
      },
      mayReconnect: () => this.session.holds(),
    });
  }

  start(): void {
    this.events.open();
    void this.refresh();
  }

  stop(): void {
    this.events.close();
  }

  /** Newest first. */
  get all(): readonly RenderJob[] {
    return [...this.jobs.values()].sort((a, b) => b.created_at.localeCompare(a.created_at));
  }

  job(jobId: string): RenderJob | undefined {
    return this.jobs.get(jobId);
  }

  /** True when the server does not know the render in this workspace. */
  isMissing(jobId: string): boolean {
    return this.missing.has(jobId);
  }

  isCanceling(jobId: string): boolean {
    return this.canceling.has(jobId);
  }

  /** Reads a render unless it is being read already. */
  read(jobId: string): Promise<void> {
    const running = this.reading.get(jobId);
    if (running) {
      return running;
    }
    const reading = this.readNow(jobId).finally(() => this.reading.delete(jobId));
    this.reading.set(jobId, reading);
    return reading;
  }

  async loadMore(): Promise<void> {
    this.problem = null;
    await this.guarded(async () => this.take(await this.api.list(PAGE_SIZE, this.nextCursor)));
  }

  async cancel(jobId: string): Promise<void> {
    this.problem = null;
    this.canceling.add(jobId);
    this.changed();
    const accepted = await this.guarded(() => this.api.cancel(jobId));
    if (!accepted) {
      this.canceling.delete(jobId);
    }
    await this.read(jobId);
  }

  /** Returns the id of the new render, or null when it was refused; `problem` then tells why. */
  async renderAgain(projectId: string): Promise<string | null> {
    this.problem = null;
    let jobId: string | null = null;
    await this.guarded(async () => {
      jobId = (await this.api.renderAgain(projectId)).job_id;
    });
    return jobId;
  }

  private async refresh(): Promise<void> {
    const cursorKnown = this.loaded;
    await this.guarded(async () => {
      const page = await this.api.list(PAGE_SIZE);
      this.take(cursorKnown ? { ...page, next_cursor: this.nextCursor } : page);
      this.loaded = true;
      this.problem = null;
    });
    // Whoever finished while the stream was down and lies beyond the first page is not in the list.
    this.all.filter((job) => !isFinal(job.status)).forEach((job) => void this.read(job.job_id));
  }

  private take(page: Page<RenderJob>): void {
    page.items.forEach((job) => this.put(job));
    this.nextCursor = page.next_cursor ?? null;
  }

  private async readNow(jobId: string): Promise<void> {
    await this.guarded(async () => {
      try {
        this.put(await this.api.job(jobId));
      } catch (error) {
        if (!asProblem(error).notFound) {
          throw error;
        }
        this.missing.add(jobId);
      }
    });
  }

  private progressed(event: ProgressEvent): void {
    const known = this.jobs.get(event.task_id);
    if (isFinal(event.status)) {
      // The video's address and the error are in the job alone. A reading under way may be older than the end.
      void this.readNow(event.task_id);
    } else if (known) {
      this.put(afterEvent(known, event));
      this.changed();
    } else {
      void this.read(event.task_id);
    }
  }

  private put(job: RenderJob): void {
    const merged = afterReading(this.jobs.get(job.job_id), job);
    this.jobs.set(job.job_id, merged);
    this.missing.delete(job.job_id);
    if (isFinal(merged.status)) {
      this.canceling.delete(job.job_id);
    }
  }

  private async guarded(action: () => Promise<void>): Promise<boolean> {
    try {
      await action();
      return true;
    } catch (error) {
      const problem = asProblem(error);
      this.problem = this.session.endedBy(problem) ? null : problem;
      return false;
    } finally {
      this.changed();
    }
  }
}
