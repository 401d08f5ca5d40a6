import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { RenderJob } from '../api/contract';
import { duration, elapsedSeconds, remainingInWords, remainingSeconds } from '../format/time';
import { activityOf, scenesInWords, titleOf, waitInWords } from '../format/words';
import { base } from '../styles/shared';
import './progress-bar';
import './scene-strip';
import { toneOf } from './tone';

/** What a running render does now: percent, activity, scenes, time. */
@customElement('sr-render-progress')
export class RenderProgress extends LitElement {
  @property({ attribute: false }) job!: RenderJob;
  /** The present, in milliseconds since the epoch. */
  @property({ type: Number }) now = 0;
  @property({ type: Boolean }) canceling = false;

  protected override render() {
    const { job } = this;
    const elapsed = elapsedSeconds(job, this.now);
    const remaining = remainingSeconds(job, this.now);
    const scenes = scenesInWords(job);
    const wait = waitInWords(job, this.now);
    return html`<div class="head">
        <span class="percent numeric" data-testid="percent">${Math.round(job.progress)}%</span>
        <span class="time numeric">
          ${elapsed === null ? nothing : html`<span data-testid="elapsed">${duration(elapsed)} elapsed</span>`}
          ${remaining === null ? nothing : html`<span data-testid="remaining">${remainingInWords(remaining)}</span>`}
          ${wait === null ? nothing : html`<span data-testid="wait">${wait}</span>`}
        </span>
      </div>
      <sr-progress-bar .value=${job.progress} .tone=${toneOf(job)} label="Progress of ${titleOf(job)}"></sr-progress-bar>
      <p data-testid="activity" aria-live="polite">${activityOf(job, this.canceling)}</p>
      ${
        scenes
          ? html`<div class="scenes">
            <p class="muted numeric">${scenes}</p>
            <sr-scene-strip
              .total=${job.scenes?.total ?? 0}
              .completed=${job.scenes?.completed ?? 0}
              .working=${job.stage === 'animate'}
            ></sr-scene-strip>
          </div>`
          : nothing
      }`;
  }

  static override readonly styles = [
    base,
    css`
      :host {
        display: grid;
        gap: var(--space-3);
      }

      .head {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        justify-content: space-between;
        gap: 0 var(--space-4);
      }

      .percent {
        font-size: clamp(2.5rem, 8vw, 3.5rem);
        font-weight: 650;
        line-height: 1.1;
        letter-spacing: -0.03em;
      }

      .time {
        display: flex;
        flex-wrap: wrap;
        gap: 0 var(--space-3);
        color: var(--ink-muted);
        font-size: var(--text-small);
      }

      .time span + span::before {
        content: '·';
        margin-right: var(--space-3);
      }

      .scenes {
        display: grid;
        gap: var(--space-2);
        padding-top: var(--space-3);
        font-size: var(--text-small);
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'sr-render-progress': RenderProgress;
  }
}
