import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { isFinal, type RenderJob } from '../api/contract';
import { mediaOf } from '../api/media';
import { againIcon, backIcon, downloadIcon } from '../components/icons';
import '../components/cancel-button';
import '../components/failure';
import '../components/player';
import '../components/problem-message';
import '../components/render-facts';
import '../components/render-progress';
import '../components/stage-list';
import '../components/status-chip';
import { titleOf } from '../format/words';
import { navigate } from '../navigation';
import { renderPath, rendersPath } from '../routes';
import { Watch } from '../state/observable';
import type { RenderBoard } from '../state/render-board';
import { Ticking } from '../state/ticking';
import { base, controls, panel } from '../styles/shared';
import { renderViewStyles } from './render-view-styles';

/** One render: its progress while it runs; then the video, or why there is none. */
@customElement('sr-render-view')
export class RenderView extends LitElement {
  @property({ attribute: false }) board!: RenderBoard;
  @property() jobId = '';
  @state() private starting = false;

  private readonly ticking = new Ticking(this, () => this.job?.started_at != null && !isFinal(this.job.status));

  constructor() {
    super();
    new Watch(this, () => this.board);
  }

  private get job(): RenderJob | undefined {
    return this.board.job(this.jobId);
  }

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('jobId') || changed.has('board')) {
      void this.board.read(this.jobId);
    }
  }

  protected override render() {
    const { job, board } = this;
    return html`<a class="back" href=${rendersPath} data-testid="back">${backIcon} All renders</a>
      ${board.problem ? html`<sr-problem-message .problem=${board.problem}></sr-problem-message>` : nothing}
      ${job ? this.known(job) : this.unknown()}`;
  }

  private known(job: RenderJob): TemplateResult {
    return html`<header>
        <h1 data-testid="render-title">${titleOf(job)}</h1>
        <sr-status-chip .job=${job}></sr-status-chip>
      </header>
      <div class="columns" data-testid="render" data-job-id=${job.job_id} data-status=${job.status}>
        <div class="main">${this.main(job)}</div>
        <div class="side">
          <section class="panel" aria-label="Stages">
            <sr-stage-list .job=${job}></sr-stage-list>
          </section>
          <section class="panel" aria-label="Facts">
            <sr-render-facts .job=${job} .now=${this.ticking.now}></sr-render-facts>
          </section>
        </div>
      </div>`;
  }

  private main(job: RenderJob): TemplateResult {
    switch (job.status) {
      case 'completed':
        return this.video(job);
      case 'failed':
        return html`<sr-failure .job=${job} .busy=${this.starting} @render-again=${() => this.renderAgain(job)}></sr-failure>`;
      case 'canceled':
        return this.canceled(job);
      case 'pending':
      case 'processing':
        return this.running(job);
    }
  }

  private running(job: RenderJob): TemplateResult {
    const canceling = this.board.isCanceling(job.job_id);
    return html`<section class="panel" aria-label="Progress">
        <sr-render-progress .job=${job} .now=${this.ticking.now} .canceling=${canceling}></sr-render-progress>
      </section>
      <sr-cancel-button .busy=${canceling} @cancel-confirmed=${() => this.board.cancel(job.job_id)}></sr-cancel-button>`;
  }

  private video(job: RenderJob): TemplateResult {
    const { video, poster, captions } = mediaOf(job);
    if (!video) {
      return html`<p class="panel" data-testid="no-video">The render is completed, but the server names no video.</p>`;
    }
    return html`<sr-player
        .src=${video}
        .poster=${poster}
        .captions=${captions}
        label=${titleOf(job)}
      ></sr-player>
      <p class="actions">
        <a class="button primary" href=${video} download data-testid="download">${downloadIcon} Download video</a>
      </p>
      ${this.warnings(job)}`;
  }

  private warnings({ warnings }: RenderJob): TemplateResult | typeof nothing {
    return warnings && warnings.length > 0
      ? html`<section class="panel warnings" data-testid="warnings">
          <h2>Worth knowing</h2>
          <ul>
            ${warnings.map((warning) => html`<li>${warning}</li>`)}
          </ul>
        </section>`
      : nothing;
  }

  private canceled(job: RenderJob): TemplateResult {
    return html`<section class="panel canceled" data-testid="canceled">
      <h2>This render was canceled</h2>
      <p class="muted">${job.message?.trim() || 'Nothing of it is kept but its record.'}</p>
      <button class="button" type="button" data-testid="render-again" ?disabled=${this.starting} @click=${() => this.renderAgain(job)}>
        ${againIcon} Render again
      </button>
    </section>`;
  }

  private unknown(): TemplateResult {
    if (!this.board.isMissing(this.jobId)) {
      return this.board.problem
        ? html``
        : html`<p class="muted" role="status" data-testid="loading">Loading the render…</p>`;
    }
    return html`<section class="panel" data-testid="render-missing">
      <h1>There is no such render here</h1>
      <p class="muted">It may have been deleted, or it belongs to another workspace.</p>
    </section>`;
  }

  private async renderAgain(job: RenderJob): Promise<void> {
    this.starting = true;
    const jobId = await this.board.renderAgain(job.project_id);
    this.starting = false;
    if (jobId) {
      navigate(renderPath(jobId));
    }
  }

  static override readonly styles = [base, controls, panel, renderViewStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'sr-render-view': RenderView;
  }
}
