import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Connection } from '../api/workspace-events';
import { base } from '../styles/shared';

const WORDS: Readonly<Record<Connection, string>> = {
  connecting: 'Connecting…',
  live: 'Live',
  lost: 'Reconnecting…',
};

/** Whether what the page shows is the present. */
@customElement('sr-connection-sign')
export class ConnectionSign extends LitElement {
  @property() connection: Connection = 'connecting';

  protected override render() {
    return html`<span role="status" class=${this.connection} data-testid="connection" data-state=${this.connection}>
      <span class="dot" aria-hidden="true"></span>${WORDS[this.connection]}
    </span>`;
  }

  static override readonly styles = [
    base,
    css`
      span {
        display: inline-flex;
        align-items: center;
        gap: var(--space-2);
        color: var(--ink-muted);
        font-size: var(--text-small);
        white-space: nowrap;
      }

      .dot {
        width: 0.5rem;
        height: 0.5rem;
        border-radius: 50%;
        background: var(--ink-muted);
      }

      .live .dot {
        background: var(--good);
      }

      .lost {
        color: var(--wait);
      }

      .lost .dot {
        background: var(--wait);
        animation: breathe 1.2s ease-in-out infinite;
      }

      @keyframes breathe {
        50% {
          opacity: 0.3;
        }
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'sr-connection-sign': ConnectionSign;
  }
}
