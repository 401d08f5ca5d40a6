import { LitElement, css, html } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { base } from '../styles/shared';

/** How far a render is, as a bar. Screen readers get it as a progress bar with the given label. */
@customElement('sr-progress-bar')
export class ProgressBar extends LitElement {
  /** Percent, 0 to 100. */
  @property({ type: Number }) value = 0;
  @property() label = 'Progress';
  @property({ reflect: true }) tone: 'active' | 'good' | 'bad' | 'wait' | 'idle' = 'active';
  @query('.fill') private readonly fill!: HTMLElement;

  private get percent(): number {
    return Math.min(100, Math.max(0, Math.round(this.value)));
  }

  protected override updated(): void {
    // Not in the template: a style attribute is inline style, which the content security policy forbids.
    this.fill.style.width = `${this.percent}%`;
  }

  protected override render() {
    return html`<div
      class="track"
      data-testid="progress"
      role="progressbar"
      aria-label=${this.label}
      aria-valuemin="0"
      aria-valuemax="100"
      aria-valuenow=${this.percent}
    >
      <div class="fill"></div>
    </div>`;
  }

  static override readonly styles = [
    base,
    css`
      .track {
        height: 8px;
        border-radius: 99px;
        background: var(--surface-sunken);
        overflow: hidden;
      }

      .fill {
        position: relative;
        width: 0;
        height: 100%;
        border-radius: inherit;
        background: var(--accent);
        transition: width 600ms cubic-bezier(0.2, 0, 0.1, 1);
        overflow: hidden;
      }

      /* A slow sheen tells work from standstill without a number having to change. */
      :host([tone='active']) .fill::after {
        content: '';
        position: absolute;
        inset: 0;
        background: linear-gradient(90deg, transparent, light-dark(rgb(255 255 255 / 45%), rgb(255 255 255 / 40%)), transparent);
        translate: -100%;
        animation: sheen 2.2s ease-in-out infinite;
      }

      :host([tone='good']) .fill {
        background: var(--good);
      }

      :host([tone='bad']) .fill {
        background: var(--bad);
      }

      :host([tone='wait']) .fill {
        background: var(--wait);
      }

      :host([tone='idle']) .fill {
        background: var(--ink-muted);
      }

      @keyframes sheen {
        60%,
        100% {
          translate: 100%;
        }
      }

      @media (forced-colors: active) {
        .track {
          border: 1px solid CanvasText;
        }

        .fill {
          background: Highlight !important;
          forced-color-adjust: none;
        }
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'sr-progress-bar': ProgressBar;
  }
}
