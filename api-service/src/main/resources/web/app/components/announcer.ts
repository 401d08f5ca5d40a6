import { LitElement, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { RenderJob } from '../api/contract';
import { statusInWords, titleOf } from '../format/words';
import { Watch } from '../state/observable';
import type { RenderBoard } from '../state/render-board';
import { base } from '../styles/shared';

/** Tells a screen reader when a render's state changes. Percents change too often to be read out. */
@customElement('sr-announcer')
export class Announcer extends LitElement {
  @property({ attribute: false }) board!: RenderBoard;
  private known = new Map<string, RenderJob['status']>();
  private announcement = '';

  constructor() {
    super();
    new Watch(this, () => this.board);
  }

  protected override willUpdate(): void {
    for (const job of this.board.all) {
      const before = this.known.get(job.job_id);
      if (before && before !== job.status) {
        this.announcement = `${titleOf(job)}: ${statusInWords(job)}`;
      }
      this.known.set(job.job_id, job.status);
    }
  }

  protected override render() {
    return html`<p class="visually-hidden" role="status" data-testid="announcement">${this.announcement}</p>`;
  }

  static override readonly styles = [base];
}

declare global {
  interface HTMLElementTagNameMap {
    'sr-announcer': Announcer;
  }
}
