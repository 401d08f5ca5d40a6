import { LitElement, css, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { RenderJob } from '../api/contract';
import { STAGE_WORDS } from '../format/words';
import { stageStates, type StageProgress, type StageState } from '../state/stage-states';
import { base } from '../styles/shared';
import { checkIcon, crossIcon, dashIcon } from './icons';

const STATE_WORDS: Readonly<Record<StageState, string>> = {
  done: 'done',
  working: 'in progress',
  failed: 'failed',
  stopped: 'stopped',
  open: 'to come',
};

/** The stages of a render, one under the other, each with its state. */
@customElement('sr-stage-list')
export class StageList extends LitElement {
  @property({ attribute: false }) job!: RenderJob;

  protected override render() {
    return html`<ol data-testid="stages">
      ${stageStates(this.job).map((progress) => this.stage(progress))}
    </ol>`;
  }

  private stage({ stage, state }: StageProgress): TemplateResult {
    const words = STAGE_WORDS[stage];
    return html`<li
      class=${state}
      data-testid="stage"
      data-stage=${stage}
      data-state=${state}
      aria-current=${state === 'working' ? 'step' : 'false'}
    >
      <span class="mark">${this.mark(state)}</span>
      <span class="name">${words.name}<span class="visually-hidden">: ${STATE_WORDS[state]}</span></span>
      <span class="purpose">${words.purpose}</span>
    </li>`;
  }

  private mark(state: StageState): TemplateResult {
    switch (state) {
      case 'done':
        return checkIcon;
      case 'failed':
        return crossIcon;
      case 'stopped':
        return dashIcon;
      case 'working':
      case 'open':
        return html``;
    }
  }

  static override readonly styles = [
    base,
    css`
      li {
        position: relative;
        display: grid;
        grid-template-columns: 1.5rem 1fr;
        column-gap: var(--space-3);
        padding-bottom: var(--space-4);
      }

      li:last-child {
        padding-bottom: 0;
      }

      li:not(:last-child)::before {
        content: '';
        position: absolute;
        left: calc(0.75rem - 1px);
        top: 1.6rem;
        bottom: 0.1rem;
        width: 2px;
        border-radius: 2px;
        background: var(--line);
      }

      li.done:not(:last-child)::before {
        background: var(--accent);
      }

      .mark {
        grid-row: span 2;
        width: 1.5rem;
        height: 1.5rem;
        display: grid;
        place-items: center;
        border: 2px solid var(--line);
        border-radius: 50%;
      }

      .mark svg {
        width: 0.9rem;
        height: 0.9rem;
        stroke-width: 3;
      }

      .name {
        font-weight: 600;
        line-height: 1.5rem;
      }

      .purpose {
        color: var(--ink-muted);
        font-size: var(--text-small);
      }

      .open .name,
      .stopped .name {
        color: var(--ink-muted);
      }

      .done .mark {
        border-color: var(--accent);
        background: var(--accent);
        color: var(--on-accent);
      }

      .failed .mark {
        border-color: var(--bad);
        background: var(--bad);
        color: var(--surface);
      }

      .failed .name {
        color: var(--bad);
      }

      .working .name {
        color: var(--accent);
      }

      .working .mark {
        border-color: var(--accent-soft);
        border-top-color: var(--accent);
        animation: turn 1s linear infinite;
      }

      @keyframes turn {
        to {
          rotate: 1turn;
        }
      }

      @media (max-width: 40rem) {
        .purpose {
          display: none;
        }

        .mark {
          grid-row: auto;
        }
      }

      @media (prefers-reduced-motion: reduce) {
        .working .mark {
          border-color: var(--accent);
        }
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'sr-stage-list': StageList;
  }
}
