import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { STAGES, type RenderJob } from '../api/contract';
import { adviceFor } from '../format/failure-advice';
import { STAGE_WORDS } from '../format/words';
import { base, controls } from '../styles/shared';
import { againIcon, warningIcon } from './icons';

/** Why a render failed and what to do now. Fires `render-again`. */
@customElement('sr-failure')
export class Failure extends LitElement {
  @property({ attribute: false }) job!: RenderJob;
  @property({ type: Boolean }) busy = false;

  protected override render() {
    const { error_message, error_code, attempts, stage } = this.job;
    return html`<section data-testid="failure" aria-labelledby="heading">
      <h2 id="heading">${warningIcon} The render failed${stage && STAGES.includes(stage) ? ` at “${STAGE_WORDS[stage].name}”` : ''}</h2>
      <p class="message" data-testid="failure-message">${error_message || 'The server gave no reason.'}</p>
      <p class="advice" data-testid="failure-advice">${adviceFor(error_code)}</p>
      <p class="small muted">
        ${error_code ? html`Code <code data-testid="failure-code">${error_code}</code>` : nothing}
        ${attempts && attempts > 1 ? html` · tried ${attempts} times` : nothing}
      </p>
      <button class="button" type="button" data-testid="render-again" ?disabled=${this.busy} @click=${this.again}>
        ${againIcon} Render again
      </button>
    </section>`;
  }

  private again(): void {
    this.dispatchEvent(new CustomEvent('render-again', { bubbles: true, composed: true }));
  }

  static override readonly styles = [
    base,
    controls,
    css`
      section {
        display: grid;
        gap: var(--space-3);
        justify-items: start;
        padding: var(--space-5);
        border: 1px solid color-mix(in srgb, var(--bad) 35%, transparent);
        border-radius: var(--radius-large);
        background: var(--bad-soft);
        overflow-wrap: anywhere;
      }

      h2 {
        display: flex;
        align-items: center;
        gap: var(--space-2);
        color: var(--bad);
        font-size: var(--text-large);
      }

      h2 svg {
        flex: none;
        width: 1.4rem;
        height: 1.4rem;
      }

      .message {
        font-size: var(--text-large);
      }

      .small {
        font-size: var(--text-small);
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'sr-failure': Failure;
  }
}
