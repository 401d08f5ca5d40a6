import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Session } from '../api/contract';
import type { Connection } from '../api/workspace-events';
import { rendersPath } from '../routes';
import { base, controls } from '../styles/shared';
import './connection-sign';
import { brandIcon } from './icons';
import './theme-button';

/** The bar on top of every page. Fires `workspace-chosen` (detail: its id) and `sign-out`. */
@customElement('sr-studio-header')
export class StudioHeader extends LitElement {
  @property({ attribute: false }) session: Session | null = null;
  @property() workspaceId: string | null = null;
  @property() connection: Connection | null = null;

  protected override render() {
    return html`<header>
      <a class="brand" href=${rendersPath} aria-label="Storyreel: all renders">${brandIcon}<span>Storyreel</span></a>
      <div class="tools">
        ${this.connection ? html`<sr-connection-sign .connection=${this.connection}></sr-connection-sign>` : nothing}
        ${this.session && this.session.workspaces.length > 1 ? this.workspaces(this.session.workspaces) : nothing}
        <sr-theme-button></sr-theme-button>
        ${
          this.session
            ? html`<button class="button quiet" type="button" data-testid="sign-out" @click=${this.signOut}>Sign out</button>`
            : nothing
        }
      </div>
    </header>`;
  }

  private workspaces(ids: readonly string[]) {
    return html`<label>
      <span class="visually-hidden">Workspace</span>
      <select data-testid="workspace" @change=${this.chosen}>
        ${ids.map((id) => html`<option value=${id} ?selected=${id === this.workspaceId}>Workspace …${id.slice(-6)}</option>`)}
      </select>
    </label>`;
  }

  private chosen(event: Event): void {
    const detail = (event.currentTarget as HTMLSelectElement).value;
    this.dispatchEvent(new CustomEvent('workspace-chosen', { detail, bubbles: true, composed: true }));
  }

  private signOut(): void {
    this.dispatchEvent(new CustomEvent('sign-out', { bubbles: true, composed: true }));
  }

  static override readonly styles = [
    base,
    controls,
    css`
      :host {
        position: sticky;
        top: 0;
        z-index: 1;
        border-bottom: 1px solid var(--line);
        background: color-mix(in srgb, var(--paper) 88%, transparent);
        backdrop-filter: blur(10px);
      }

      header {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: var(--space-3);
        max-width: 76rem;
        min-height: 3.5rem;
        margin: 0 auto;
        padding: 0 clamp(1rem, 4vw, 2rem);
      }

      .brand {
        display: inline-flex;
        align-items: center;
        gap: var(--space-2);
        color: var(--ink);
        font-size: var(--text-large);
        font-weight: 700;
        letter-spacing: -0.02em;
        text-decoration: none;
      }

      .brand svg {
        width: 1.6rem;
        height: 1.6rem;
        color: var(--accent);
      }

      .tools {
        display: flex;
        align-items: center;
        gap: var(--space-2);
      }

      sr-connection-sign {
        margin-right: var(--space-2);
      }

      select {
        min-height: 2.25rem;
        padding: 0 var(--space-2);
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--surface);
        color: var(--ink);
        font: var(--text-small) var(--font);
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'sr-studio-header': StudioHeader;
  }
}
