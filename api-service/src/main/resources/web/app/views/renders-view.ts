import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { isFinal, type RenderJob } from '../api/contract';
import '../components/command';
import '../components/problem-message';
import '../components/render-card';
import { Watch } from '../state/observable';
import type { RenderBoard } from '../state/render-board';
import { Ticking } from '../state/ticking';
import { base, controls, panel } from '../styles/shared';

/** The workspace's renders: those under way on top, those that are over below. */
@customElement('sr-renders-view')
export class RendersView extends LitElement {
  @property({ attribute: false }) board!: RenderBoard;
  @state() private loadingMore = false;

  private readonly ticking = new Ticking(this, () => this.board.all.length > 0);

  constructor() {
    super();
    new Watch(this, () => this.board);
  }

  protected override render() {
    const { board } = this;
    const running = board.all.filter((job) => !isFinal(job.status));
    const over = board.all.filter((job) => isFinal(job.status));
    return html`<h1>Renders</h1>
      ${board.problem ? html`<sr-problem-message .problem=${board.problem}></sr-problem-message>` : nothing}
      ${running.length > 0 ? this.section('In progress', 'rows', running) : nothing}
      ${over.length > 0 ? this.section('Finished', 'gallery', over) : nothing}
      ${board.all.length === 0 ? this.nothingYet() : nothing}
      ${
        board.nextCursor
          ? html`<p class="more">
            <button class="button" type="button" data-testid="load-more" ?disabled=${this.loadingMore} @click=${this.loadMore}>
              ${this.loadingMore ? 'Loading…' : 'Show older renders'}
            </button>
          </p>`
          : nothing
      }`;
  }

  private section(heading: string, layout: 'rows' | 'gallery', jobs: readonly RenderJob[]): TemplateResult {
    return html`<section aria-label=${heading}>
      <h2>${heading} <span class="count numeric">${jobs.length}</span></h2>
      <ul class=${layout} data-testid="renders-${layout === 'rows' ? 'running' : 'finished'}">
        ${repeat(
          jobs,
          (job) => job.job_id,
          (job) => html`<li>
            <sr-render-card .job=${job} .now=${this.ticking.now} .canceling=${this.board.isCanceling(job.job_id)}></sr-render-card>
          </li>`,
        )}
      </ul>
    </section>`;
  }

  private nothingYet(): TemplateResult {
    if (!this.board.loaded) {
      return this.board.problem
        ? html``
        : html`<p class="muted" role="status" data-testid="loading">Loading renders…</p>`;
    }
    return html`<section class="panel empty" data-testid="no-renders">
      <h2>Nothing rendered yet</h2>
      <p class="muted">Render a folder of pictures or a storyboard from the command line. It appears here at once, with its progress.</p>
      <sr-command line="./storyreel render photos/ -o reel.mp4"></sr-command>
    </section>`;
  }

  private async loadMore(): Promise<void> {
    this.loadingMore = true;
    await this.board.loadMore();
    this.loadingMore = false;
  }

  static override readonly styles = [
    base,
    controls,
    panel,
    css`
      :host {
        display: grid;
        gap: var(--space-5);
      }

      h1 {
        font-size: var(--text-title);
      }

      section {
        display: grid;
        gap: var(--space-3);
      }

      h2 {
        font-size: var(--text);
        color: var(--ink-muted);
      }

      .count {
        margin-left: var(--space-1);
        font-weight: 400;
      }

      .rows {
        display: grid;
        gap: var(--space-3);
      }

      .gallery {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(17rem, 100%), 1fr));
        gap: var(--space-4);
      }

      .empty {
        gap: var(--space-4);
        max-width: 36rem;
      }

      .empty h2 {
        color: var(--ink);
        font-size: var(--text-large);
      }

      .more {
        text-align: center;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'sr-renders-view': RendersView;
  }
}
