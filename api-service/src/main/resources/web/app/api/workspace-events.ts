import { PROGRESS_EVENTS, type ProgressEvent } from './contract';

export type Connection = 'connecting' | 'live' | 'lost';

export interface WorkspaceListener {
  /** The stream stands, for the first time or again: what happened in between was not delivered. */
  opened(): void;
  progressed(event: ProgressEvent): void;
  connectionChanged(connection: Connection): void;
  /** Asked before every new attempt after a refusal; false ends the attempts (signed out). */
  mayReconnect(): Promise<boolean>;
}

const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 15_000;

/**
 * The one event stream of a workspace, for all its renders: browsers allow six connections to a host over HTTP/1.1.
 *
 * A browser reconnects by itself after a lost connection, but gives up for good when the answer is not a stream (a proxy's
 * 502, an expired session's 401). It cannot tell which, so the session is checked first, then a new stream is opened, with
 * growing pauses.
 */
export class WorkspaceEvents {
  private source: EventSource | null = null;
  private retryTimer: number | undefined;
  private retryDelay = FIRST_RETRY_MS;

  constructor(
    private readonly url: string,
    private readonly listener: WorkspaceListener,
  ) {}

  open(): void {
    this.listener.connectionChanged('connecting');
    const source = new EventSource(this.url);
    this.source = source;
    source.onopen = () => {
      this.retryDelay = FIRST_RETRY_MS;
      this.listener.connectionChanged('live');
      this.listener.opened();
    };
    source.onerror = () => this.lost(source);
    for (const name of PROGRESS_EVENTS) {
      source.addEventListener(name, (message) => this.listener.progressed(JSON.parse(message.data) as ProgressEvent));
    }
  }

  close(): void {
    window.clearTimeout(this.retryTimer);
    this.source?.close();
    this.source = null;
  }

  private lost(source: EventSource): void {
    this.listener.connectionChanged('lost');
    if (source.readyState === EventSource.CLOSED && source === this.source) {
      this.retryTimer = window.setTimeout(() => void this.reopen(source), this.retryDelay);
      this.retryDelay = Math.min(this.retryDelay * 2, LONGEST_RETRY_MS);
    }
  }

  private async reopen(refused: EventSource): Promise<void> {
    const allowed = await this.listener.mayReconnect();
    if (allowed && this.source === refused) {
      this.open();
    }
  }
}
