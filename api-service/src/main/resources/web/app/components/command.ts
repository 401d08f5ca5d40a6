import { LitElement, css, html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { base, controls } from '../styles/shared';

const CONFIRMATION_MS = 2_000;

/** A command line to be typed or copied. */
@customElement('sr-command')
export class Command extends LitElement {
  @property() line = '';
  @state() private copied = false;

  protected override render() {
    return html`<div class="line">
      <code>${this.line}</code>
      ${
        // Browsers offer the clipboard on secure origins only.
        navigator.clipboard
          ? html`<button class="button quiet" type="button" aria-label="Copy ${this.line}" @click=${this.copy}>
              <span aria-live="polite">${this.copied ? 'Copied' : 'Copy'}</span>
            </button>`
          : ''
      }
    </div>`;
  }

  private async copy(): Promise<void> {
    await navigator.clipboard.writeText(this.line);
    this.copied = true;
    window.setTimeout(() => (this.copied = false), CONFIRMATION_MS);
  }

  static override readonly styles = [
    base,
    controls,
    css`
      .line {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: var(--space-3);
        min-height: 2.75rem;
        padding: var(--space-1) var(--space-1) var(--space-1) var(--space-4);
        border-radius: var(--radius);
        background: var(--surface-sunken);
      }

      code {
        padding: 0;
        background: none;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'sr-command': Command;
  }
}
