import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Problem } from '../api/problem';
import { base } from '../styles/shared';
import { warningIcon } from './icons';

/** A refused request in the server's words, with every field it names. */
@customElement('sr-problem-message')
export class ProblemMessage extends LitElement {
  @property({ attribute: false }) problem: Problem | null = null;

  protected override render() {
    if (!this.problem) {
      return nothing;
    }
    const { title, detail, errors } = this.problem;
    return html`<div class="problem" role="alert" data-testid="problem">
      ${warningIcon}
      <div>
        <strong>${title}</strong>
        ${detail && detail !== title ? html`<p>${detail}</p>` : nothing}
        ${
          errors.length > 0
            ? html`<ul>
              ${errors.map((error) => html`<li><code>${error.field}</code> ${error.message}</li>`)}
            </ul>`
            : nothing
        }
      </div>
    </div>`;
  }

  static override readonly styles = [
    base,
    css`
      .problem {
        display: flex;
        gap: var(--space-3);
        padding: var(--space-3) var(--space-4);
        border-radius: var(--radius);
        background: var(--bad-soft);
        color: var(--ink);
        overflow-wrap: anywhere;
      }

      svg {
        flex: none;
        width: 1.3rem;
        height: 1.3rem;
        margin-top: 0.1rem;
        color: var(--bad);
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'sr-problem-message': ProblemMessage;
  }
}
