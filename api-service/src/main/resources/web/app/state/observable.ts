import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** State that tells its watchers when it has changed. */
export abstract class Observable {
  private readonly watchers = new Set<() => void>();

  /** Returns the function that ends the watch. */
  watch(watcher: () => void): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  protected changed(): void {
    this.watchers.forEach((watcher) => watcher());
  }
}

/** Renders its host again whenever the observed state changes; the state may be exchanged while it watches. */
export class Watch<T extends Observable> implements ReactiveController {
  private observed: T | null = null;
  private unwatch: (() => void) | null = null;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly current: () => T | null,
  ) {
    host.addController(this);
  }

  hostUpdate(): void {
    const current = this.current();
    if (current !== this.observed) {
      this.hostDisconnected();
      this.observed = current;
      this.unwatch = current?.watch(() => this.host.requestUpdate()) ?? null;
    }
  }

  hostConnected(): void {
    this.host.requestUpdate();
  }

  hostDisconnected(): void {
    this.unwatch?.();
    this.unwatch = null;
    this.observed = null;
  }
}
