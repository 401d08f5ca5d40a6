import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { RenderJob } from '../api/contract';
import { statusInWords } from '../format/words';
import { base } from '../styles/shared';
import { toneOf } from './tone';

@customElement('sr-status-chip')
export class StatusChip extends LitElement {
  @property({ attribute: false }) job!: RenderJob;

  protected override render() {
    return html`<span class="chip ${toneOf(this.job)}" data-testid="status" data-status=${this.job.status}>
      <span class="dot" aria-hidden="true"></span>${statusInWords(this.job)}
    </span>`;
  }

  static override readonly styles = [
    base,
    css`
      :host {
        display: inline-block;
      }

      .chip {
        display: inline-flex;
        align-items: center;
        gap: 0.4rem;
        padding: 0.15rem 0.6rem 0.15rem 0.5rem;
        border-radius: 99px;
        background: var(--surface-sunken);
        color: var(--ink-muted);
        font-size: var(--text-small);
        font-weight: 600;
        white-space: nowrap;
      }

      .dot {
        width: 0.5rem;
        height: 0.5rem;
        border-radius: 50%;
        background: currentColor;
      }

      .active {
        background: var(--accent-soft);
        color: var(--accent);
      }

      .active .dot {
        animation: breathe 1.6s ease-in-out infinite;
      }

      .good {
        background: var(--good-soft);
        color: var(--good);
      }

      .bad {
        background: var(--bad-soft);
        color: var(--bad);
      }

      .wait {
        background: var(--wait-soft);
        color: var(--wait);
      }

      @keyframes breathe {
        50% {
          opacity: 0.35;
        }
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'sr-status-chip': StatusChip;
  }
}
