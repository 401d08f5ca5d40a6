import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { Problem, asProblem } from '../api/problem';
import type { Credential } from '../api/session-api';
import '../components/command';
import '../components/problem-message';
import type { SessionStore } from '../state/session-store';
import { base, controls, panel } from '../styles/shared';

/** The server's title speaks of tokens; whoever followed a link never saw one. */
function refusalOf(credential: Credential, problem: Problem): Problem {
  const title = 'code' in credential ? 'This link does not sign you in any more' : 'This token is not accepted';
  return problem.signedOut ? new Problem(problem.status, title, problem.detail, problem.code) : problem;
}

/** Signs in with the code of a one-time link at once, or with a token that is pasted. Fires `signed-in`. */
@customElement('sr-sign-in-view')
export class SignInView extends LitElement {
  @property({ attribute: false }) session!: SessionStore;
  /** The code of a one-time link, or null when the page was opened without. */
  @property() code: string | null = null;
  @property({ type: Boolean }) expired = false;
  @state() private busy = false;
  @state() private problem: Problem | null = null;

  protected override firstUpdated(): void {
    if (this.code) {
      void this.signIn({ code: this.code });
    }
  }

  protected override render() {
    return html`<div class="panel" data-testid="signin">
      <h1>${this.busy && this.code ? 'Signing you in…' : 'Sign in to Storyreel'}</h1>
      ${this.expired ? html`<p role="status" data-testid="signin-expired">Your session has ended. Please sign in again.</p>` : nothing}
      ${
        this.problem
          ? html`<sr-problem-message data-testid="signin-problem" .problem=${this.problem}></sr-problem-message>`
          : nothing
      }
      ${this.busy && this.code ? nothing : this.ways()}
    </div>`;
  }

  private ways(): TemplateResult {
    return html`<section aria-labelledby="by-link">
        <h2 id="by-link">With a link</h2>
        <p class="muted">Start Storyreel where it is installed. It prints a link that signs you in with one click.</p>
        <sr-command line="./storyreel up"></sr-command>
      </section>
      <section aria-labelledby="by-token">
        <h2 id="by-token">With a token</h2>
        <p class="muted">Or make a token and paste it here. It is kept in a cookie this page cannot read.</p>
        <sr-command line="./storyreel token"></sr-command>
        <form data-testid="signin-form" @submit=${this.submitted}>
          <label for="token">Token</label>
          <input
            id="token"
            name="token"
            type="password"
            required
            autocomplete="off"
            autocapitalize="off"
            spellcheck="false"
            data-testid="signin-token"
          />
          <button class="button primary" type="submit" data-testid="signin-submit" ?disabled=${this.busy}>
            ${this.busy ? 'Signing in…' : 'Sign in'}
          </button>
        </form>
      </section>`;
  }

  private submitted(event: SubmitEvent): void {
    event.preventDefault();
    const token = new FormData(event.currentTarget as HTMLFormElement).get('token');
    if (typeof token === 'string' && token.trim()) {
      void this.signIn({ token: token.trim() });
    }
  }

  private async signIn(credential: Credential): Promise<void> {
    this.busy = true;
    this.problem = null;
    try {
      await this.session.signIn(credential);
      this.dispatchEvent(new CustomEvent('signed-in', { bubbles: true, composed: true }));
    } catch (error) {
      this.problem = refusalOf(credential, asProblem(error));
    } finally {
      this.busy = false;
    }
  }

  static override readonly styles = [
    base,
    controls,
    panel,
    css`
      .panel {
        display: grid;
        gap: var(--space-5);
        max-width: 30rem;
        margin: clamp(1rem, 8vh, 5rem) auto;
        padding: clamp(1.25rem, 5vw, 2.5rem);
      }

      h1 {
        font-size: var(--text-title);
      }

      h2 {
        font-size: var(--text);
      }

      section,
      form {
        display: grid;
        gap: var(--space-2);
      }

      section + section {
        padding-top: var(--space-5);
        border-top: 1px solid var(--line);
      }

      form {
        margin-top: var(--space-3);
      }

      label {
        font-weight: 600;
        font-size: var(--text-small);
      }

      input {
        width: 100%;
        min-height: 2.75rem;
        padding: 0 var(--space-3);
        border: 1px solid var(--ink-muted);
        border-radius: var(--radius);
        background: var(--surface);
        color: var(--ink);
        font: 1rem var(--font-mono);
      }

      form .button {
        margin-top: var(--space-2);
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'sr-sign-in-view': SignInView;
  }
}
