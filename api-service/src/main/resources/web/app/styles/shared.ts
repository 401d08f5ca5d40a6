import { css } from 'lit';

/** What every component starts from: page.css does not reach into shadow roots. */
export const base = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }

  :host {
    display: block;
  }

  :host([hidden]),
  [hidden] {
    display: none !important;
  }

  h1,
  h2,
  h3,
  p,
  ol,
  ul,
  dl,
  dd {
    margin: 0;
    padding: 0;
  }

  ol,
  ul {
    list-style: none;
  }

  h1,
  h2,
  h3 {
    font-weight: 650;
    line-height: 1.25;
    letter-spacing: -0.01em;
    text-wrap: balance;
  }

  a {
    color: var(--accent);
    text-underline-offset: 0.2em;
  }

  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
    border-radius: 4px;
  }

  code {
    font: 0.92em var(--font-mono);
    background: var(--surface-sunken);
    border-radius: 5px;
    padding: 0.1em 0.35em;
    overflow-wrap: anywhere;
  }

  .muted {
    color: var(--ink-muted);
  }

  .numeric {
    font-variant-numeric: tabular-nums;
  }

  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation: none !important;
      transition: none !important;
    }
  }
`;

export const controls = css`
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: var(--space-2);
    min-height: 2.75rem;
    padding: 0 var(--space-4);
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--surface);
    color: var(--ink);
    font: 600 var(--text) var(--font);
    text-decoration: none;
    cursor: pointer;
    transition:
      background var(--motion),
      border-color var(--motion);
  }

  .button:hover {
    border-color: var(--ink-muted);
  }

  .button:focus-visible {
    border-radius: var(--radius);
  }

  .button.primary {
    border-color: transparent;
    background: var(--accent);
    color: var(--on-accent);
  }

  .button.primary:hover {
    background: var(--accent-strong);
  }

  .button.danger {
    color: var(--bad);
  }

  .button.danger:hover {
    border-color: var(--bad);
  }

  .button.quiet {
    min-height: 2.25rem;
    padding: 0 var(--space-3);
    border-color: transparent;
    background: transparent;
    color: var(--ink-muted);
    font-size: var(--text-small);
  }

  .button.quiet:hover {
    background: var(--surface-sunken);
    color: var(--ink);
  }

  .button:disabled {
    opacity: 0.55;
    cursor: default;
  }

  .button svg {
    width: 1.15em;
    height: 1.15em;
    flex: none;
  }
`;

export const panel = css`
  .panel {
    padding: var(--space-5);
    border: 1px solid var(--line);
    border-radius: var(--radius-large);
    background: var(--surface);
    box-shadow: var(--shadow);
  }
`;
