import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { RenderJob } from '../api/contract';
import { costInWords } from '../format/money';
import { ago, dateAndTime, duration, elapsedSeconds } from '../format/time';
import { scenesInWords } from '../format/words';
import { base } from '../styles/shared';

/** What is known of a render besides its progress. */
@customElement('sr-render-facts')
export class RenderFacts extends LitElement {
  @property({ attribute: false }) job!: RenderJob;
  /** The present, in milliseconds since the epoch. */
  @property({ type: Number }) now = 0;

  protected override render() {
    const { job } = this;
    const elapsed = elapsedSeconds(job, this.now);
    return html`<dl>
      ${this.fact('Created', html`<time datetime=${job.created_at} title=${dateAndTime(job.created_at)}>${ago(job.created_at, this.now)}</time>`)}
      ${elapsed === null ? nothing : this.fact(job.completed_at ? 'Took' : 'Elapsed', duration(elapsed))}
      ${this.fact('Scenes', scenesInWords(job)?.replace(/ scenes?$/, ''))}
      ${this.fact('Cost', html`<span data-testid="cost">${costInWords(job.cost)}</span>`)}
      ${this.fact('Provider', job.provider)}
      ${job.attempts && job.attempts > 1 ? this.fact('Attempts', String(job.attempts)) : nothing}
      ${this.fact('Render', html`<code data-testid="job-id">${job.job_id}</code>`)}
    </dl>`;
  }

  private fact(name: string, value: string | TemplateResult | null | undefined): TemplateResult | typeof nothing {
    return value
      ? html`<div>
          <dt>${name}</dt>
          <dd class="numeric">${value}</dd>
        </div>`
      : nothing;
  }

  static override readonly styles = [
    base,
    css`
      dl {
        display: grid;
        gap: var(--space-2);
        font-size: var(--text-small);
      }

      dl > div {
        display: flex;
        justify-content: space-between;
        gap: var(--space-4);
      }

      dt {
        color: var(--ink-muted);
      }

      dd {
        text-align: right;
        min-width: 0;
        overflow-wrap: anywhere;
      }

      code {
        padding: 0;
        background: none;
        color: var(--ink-muted);
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'sr-render-facts': RenderFacts;
  }
}
