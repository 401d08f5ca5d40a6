import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { base } from '../styles/shared';

/** The finished video with its captions. */
@customElement('sr-player')
export class Player extends LitElement {
  @property() src = '';
  @property() poster: string | null = null;
  @property() captions: string | null = null;
  @property() label = 'Video';
  @state() private broken = false;

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('src')) {
      this.broken = false;
    }
  }

  protected override render() {
    return html`<video
        data-testid="player"
        aria-label=${this.label}
        controls
        playsinline
        preload="metadata"
        src=${this.src}
        poster=${this.poster ?? nothing}
        @error=${() => (this.broken = true)}
      >
        ${this.captions ? html`<track kind="captions" label="Captions" srclang="en" src=${this.captions} />` : nothing}
      </video>
      ${
        this.broken
          ? html`<p role="alert" data-testid="player-problem">
            This browser cannot play the video, or its address no longer works. Load the page again, or download the video.
          </p>`
          : nothing
      }`;
  }

  static override readonly styles = [
    base,
    css`
      :host {
        border-radius: var(--radius-large);
        overflow: hidden;
        background: var(--film);
        box-shadow: var(--shadow);
      }

      video {
        display: block;
        width: 100%;
        min-height: 12rem;
        max-height: min(72vh, 46rem);
        background: var(--film);
        object-fit: contain;
      }

      video:focus-visible {
        outline-offset: -3px;
      }

      p {
        padding: var(--space-3) var(--space-4);
        background: var(--bad-soft);
        color: var(--bad);
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'sr-player': Player;
  }
}
