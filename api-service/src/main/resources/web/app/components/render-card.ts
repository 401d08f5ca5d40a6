import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { isFinal, type RenderJob } from '../api/contract';
import { mediaOf } from '../api/media';
import { costInWords } from '../format/money';
import { ago, dateAndTime, duration, elapsedSeconds, remainingInWords, remainingSeconds } from '../format/time';
import { activityOf, scenesInWords, titleOf, waitInWords } from '../format/words';
import { renderPath } from '../routes';
import { base } from '../styles/shared';
import { brandIcon } from './icons';
import './progress-bar';
import './status-chip';
import { renderCardStyles } from './render-card-styles';
import { toneOf } from './tone';

/** A render in the list: wide with live progress while it runs, a poster with a few facts once it is over. */
@customElement('sr-render-card')
export class RenderCard extends LitElement {
  @property({ attribute: false }) job!: RenderJob;
  /** The present, in milliseconds since the epoch. */
  @property({ type: Number }) now = 0;
  @property({ type: Boolean }) canceling = false;

  protected override render() {
    const { job } = this;
    return html`<article
      class=${isFinal(job.status) ? 'over' : 'running'}
      data-testid="render-card"
      data-job-id=${job.job_id}
      data-status=${job.status}
    >
      ${isFinal(job.status) ? this.picture() : nothing}
      <div class="body">
        <div class="head">
          <h3><a href=${renderPath(job.job_id)} data-testid="render-link">${titleOf(job)}</a></h3>
          <sr-status-chip .job=${job}></sr-status-chip>
        </div>
        ${isFinal(job.status) ? this.outcome() : this.live()}
      </div>
    </article>`;
  }

  private live(): TemplateResult {
    const { job } = this;
    const elapsed = elapsedSeconds(job, this.now);
    const remaining = remainingSeconds(job, this.now);
    const wait = waitInWords(job, this.now);
    return html`<div class="bar">
        <sr-progress-bar .value=${job.progress} .tone=${toneOf(job)} label="Progress of ${titleOf(job)}"></sr-progress-bar>
        <span class="percent numeric" data-testid="percent">${Math.round(job.progress)}%</span>
      </div>
      <p class="facts">
        <span class="activity" data-testid="activity">${activityOf(job, this.canceling)}</span>
        ${scenesInWords(job) ? html`<span class="numeric">${scenesInWords(job)}</span>` : nothing}
        ${elapsed === null ? nothing : html`<span class="numeric">${duration(elapsed)}</span>`}
        ${remaining === null ? nothing : html`<span>${remainingInWords(remaining)}</span>`}
        ${wait === null ? nothing : html`<span class="numeric">${wait}</span>`}
      </p>`;
  }

  private outcome(): TemplateResult {
    const { job } = this;
    const elapsed = elapsedSeconds(job, this.now);
    return html`<p class="facts">
      <time datetime=${job.created_at} title=${dateAndTime(job.created_at)}>${ago(job.created_at, this.now)}</time>
      ${elapsed === null ? nothing : html`<span class="numeric">took ${duration(elapsed)}</span>`}
      <span class="numeric">${costInWords(job.cost)}</span>
    </p>`;
  }

  private picture(): TemplateResult {
    const { status, error_message } = this.job;
    const { poster } = mediaOf(this.job);
    if (status === 'failed') {
      return html`<div class="picture failed"><p data-testid="card-failure">${error_message ?? 'The server gave no reason.'}</p></div>`;
    }
    return poster
      ? html`<div class="picture poster"><img src=${poster} alt="" loading="lazy" decoding="async" /></div>`
      : html`<div class="picture none">${brandIcon}</div>`;
  }

  static override readonly styles = [base, renderCardStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'sr-render-card': RenderCard;
  }
}
