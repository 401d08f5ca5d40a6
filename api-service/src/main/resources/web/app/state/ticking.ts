import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Renders its host once a second while there is something that counts time. */
export class Ticking implements ReactiveController {
  private timer: number | undefined;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly needed: () => boolean,
  ) {
    host.addController(this);
  }

  get now(): number {
    return Date.now();
  }

  hostConnected(): void {
    this.timer = window.setInterval(() => {
      if (this.needed()) {
        this.host.requestUpdate();
      }
    }, 1_000);
  }

  hostDisconnected(): void {
    window.clearInterval(this.timer);
  }
}
