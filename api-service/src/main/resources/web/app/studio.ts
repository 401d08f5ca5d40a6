import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import './components/announcer';
import './components/problem-message';
import './components/studio-header';
import { titleOf } from './format/words';
import { Navigation, navigate } from './navigation';
import { rendersPath, type Route } from './routes';
import { Watch } from './state/observable';
import { RenderBoard } from './state/render-board';
import { SessionStore } from './state/session-store';
import { rememberedTheme, useTheme } from './state/theme';
import { chooseWorkspace, chosenWorkspace } from './state/workspace-choice';
import { base, controls, panel } from './styles/shared';
import './views/render-view';
import './views/renders-view';
import './views/sign-in-view';

/** The studio: who is signed in, which workspace is open, which page shows. */
@customElement('sr-studio')
export class Studio extends LitElement {
  private readonly session = new SessionStore();
  private board: RenderBoard | null = null;
  private readonly navigation = new Navigation(this, () => void this.arrived());

  constructor() {
    super();
    useTheme(rememberedTheme());
    new Watch(this, () => this.session);
    new Watch(this, () => this.board);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.session.check();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.openBoard(null);
  }

  protected override willUpdate(): void {
    const { state } = this.session;
    if (state.kind === 'signed-in') {
      this.openBoard(chosenWorkspace(state.session.workspaces));
    } else if (state.kind === 'signed-out') {
      this.openBoard(null);
    }
  }

  protected override updated(): void {
    document.title = this.pageTitle();
  }

  protected override render() {
    const { state } = this.session;
    return html`<nav aria-label="Shortcuts"><a class="skip" href="#content" @click=${this.skip}>Skip to content</a></nav>
      <sr-studio-header
        .session=${state.kind === 'signed-in' ? state.session : null}
        .workspaceId=${this.board?.workspaceId ?? null}
        .connection=${this.board?.connection ?? null}
        @workspace-chosen=${this.workspaceChosen}
        @sign-out=${this.signOut}
      ></sr-studio-header>
      <main id="content" tabindex="-1">${this.content()}</main>
      ${this.board ? html`<sr-announcer .board=${this.board}></sr-announcer>` : nothing}`;
  }

  private content(): TemplateResult | typeof nothing {
    const { state } = this.session;
    const { route } = this.navigation;
    // A fresh link counts even where an older session still holds.
    if (state.kind !== 'checking' && route.page === 'sign-in' && (route.code || state.kind === 'signed-out')) {
      return this.signIn(route.code, false);
    }
    switch (state.kind) {
      case 'checking':
        return nothing;
      case 'unreachable':
        return html`<sr-problem-message data-testid="unreachable" .problem=${state.problem}></sr-problem-message>`;
      case 'signed-out':
        return this.signIn(null, state.expired);
      case 'signed-in':
        return this.page(route);
    }
  }

  private page(route: Route): TemplateResult {
    if (!this.board) {
      return html`<section class="panel" data-testid="no-workspace">
        <h1>No workspace</h1>
        <p class="muted">Your token opens no workspace. Make one with <code>./storyreel token</code>.</p>
      </section>`;
    }
    switch (route.page) {
      case 'renders':
      case 'sign-in':
        return html`<sr-renders-view .board=${this.board}></sr-renders-view>`;
      case 'render':
        return html`<sr-render-view .board=${this.board} .jobId=${route.jobId}></sr-render-view>`;
      case 'unknown':
        return html`<section class="panel" data-testid="not-found">
          <h1>There is no such page</h1>
          <p><a href=${rendersPath}>Go to all renders</a></p>
        </section>`;
    }
  }

  private signIn(code: string | null, expired: boolean): TemplateResult {
    return html`<sr-sign-in-view
      .session=${this.session}
      .code=${code}
      .expired=${expired}
      @signed-in=${this.signedIn}
    ></sr-sign-in-view>`;
  }

  /** Leaves the sign-in page, and its code out of the browser's history; any other page was asked for and stays. */
  private signedIn(): void {
    if (this.navigation.route.page === 'sign-in') {
      navigate(rendersPath, 'replace');
    }
  }

  private async signOut(): Promise<void> {
    await this.session.signOut();
    navigate(rendersPath);
  }

  private workspaceChosen(event: CustomEvent<string>): void {
    chooseWorkspace(event.detail);
    this.requestUpdate();
    navigate(rendersPath);
  }

  private openBoard(workspaceId: string | null): void {
    if (workspaceId === (this.board?.workspaceId ?? null)) {
      return;
    }
    this.board?.stop();
    this.board = workspaceId ? new RenderBoard(workspaceId, this.session) : null;
    this.board?.start();
  }

  private pageTitle(): string {
    const { route } = this.navigation;
    const job = route.page === 'render' ? this.board?.job(route.jobId) : undefined;
    if (!job) {
      return 'Storyreel';
    }
    const percent = job.status === 'processing' ? `${Math.round(job.progress)}% · ` : '';
    return `${percent}${titleOf(job)} · Storyreel`;
  }

  /** After a change of page the keyboard and the screen reader start at its beginning. */
  private async arrived(): Promise<void> {
    await this.updateComplete;
    window.scrollTo(0, 0);
    this.renderRoot.querySelector('main')?.focus({ preventScroll: true });
  }

  private skip(event: Event): void {
    event.preventDefault();
    this.renderRoot.querySelector('main')?.focus();
  }

  static override readonly styles = [
    base,
    controls,
    panel,
    css`
      main {
        max-width: 76rem;
        margin: 0 auto;
        padding: var(--space-5) clamp(1rem, 4vw, 2rem) var(--space-7);
      }

      /* Where the keyboard starts after a change of page; nothing to be operated. */
      main:focus-visible {
        outline: none;
      }

      .skip {
        position: absolute;
        z-index: 2;
        top: var(--space-2);
        left: var(--space-2);
        padding: var(--space-2) var(--space-3);
        border-radius: var(--radius);
        background: var(--surface);
        translate: 0 -200%;
      }

      .skip:focus {
        translate: none;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'sr-studio': Studio;
  }
}
