import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base } from '../styles/shared';

/** From this many scenes on, frames get too narrow for a number. */
const MOST_NUMBERED = 16;

/** The scenes of a render as the frames of a strip of film: done, in work, to come. */
@customElement('sr-scene-strip')
export class SceneStrip extends LitElement {
  @property({ type: Number }) total = 0;
  @property({ type: Number }) completed = 0;
  /** Whether scenes are being made at this moment. */
  @property({ type: Boolean }) working = false;

  protected override render() {
    if (this.total < 1) {
      return nothing;
    }
    return html`<div class="strip" role="img" data-testid="scenes" aria-label="${this.completed} of ${this.total} scenes made">
      ${Array.from({ length: this.total }, (_, index) => this.frame(index))}
    </div>`;
  }

  private frame(index: number) {
    const state = index < this.completed ? 'done' : this.working && index === this.completed ? 'working' : 'open';
    return html`<span class="frame ${state}">${this.total <= MOST_NUMBERED ? index + 1 : nothing}</span>`;
  }

  static override readonly styles = [
    base,
    css`
      .strip {
        display: flex;
        gap: 3px;
      }

      .frame {
        flex: 1 1 0;
        min-width: 2px;
        height: 2.25rem;
        display: grid;
        place-items: center;
        border-radius: 5px;
        background: var(--surface-sunken);
        color: var(--ink-muted);
        font-size: var(--text-small);
        font-weight: 600;
        font-variant-numeric: tabular-nums;
        overflow: hidden;
        transition: background var(--motion);
      }

      .done {
        background: var(--accent);
        color: var(--on-accent);
      }

      .working {
        background: var(--accent-soft);
        color: var(--accent);
        box-shadow: inset 0 0 0 2px var(--accent);
        animation: breathe 1.6s ease-in-out infinite;
      }

      @keyframes breathe {
        50% {
          opacity: 0.55;
        }
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'sr-scene-strip': SceneStrip;
  }
}
