import { LitElement, css, html } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { base, controls } from '../styles/shared';

/** Cancels a render after a question: what it has done so far is paid for. Fires `cancel-confirmed`. */
@customElement('sr-cancel-button')
export class CancelButton extends LitElement {
  @property({ type: Boolean }) busy = false;
  @query('dialog') private readonly dialog!: HTMLDialogElement;

  protected override render() {
    return html`<button class="button danger" type="button" data-testid="cancel" ?disabled=${this.busy} @click=${() => this.dialog.showModal()}>
        ${this.busy ? 'Canceling…' : 'Cancel render'}
      </button>
      <dialog aria-labelledby="question" aria-describedby="consequence">
        <h2 id="question">Cancel this render?</h2>
        <p id="consequence" class="muted">It stops where it is. You can render the project again at any time.</p>
        <div class="answers">
          <button class="button" type="button" autofocus data-testid="cancel-keep" @click=${() => this.dialog.close()}>Keep rendering</button>
          <button class="button danger" type="button" data-testid="cancel-confirm" @click=${this.confirmed}>Cancel render</button>
        </div>
      </dialog>`;
  }

  private confirmed(): void {
    this.dialog.close();
    this.dispatchEvent(new CustomEvent('cancel-confirmed', { bubbles: true, composed: true }));
  }

  static override readonly styles = [
    base,
    controls,
    css`
      dialog {
        width: min(26rem, calc(100vw - 2rem));
        padding: var(--space-5);
        border: 1px solid var(--line);
        border-radius: var(--radius-large);
        background: var(--surface);
        color: var(--ink);
        box-shadow: var(--shadow);
      }

      dialog::backdrop {
        background: rgb(0 0 0 / 45%);
      }

      h2 {
        margin-bottom: var(--space-2);
        font-size: var(--text-large);
      }

      .answers {
        display: flex;
        flex-wrap: wrap;
        justify-content: flex-end;
        gap: var(--space-3);
        margin-top: var(--space-5);
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'sr-cancel-button': CancelButton;
  }
}
