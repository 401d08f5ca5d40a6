import { css } from 'lit';

export const renderViewStyles = css`
  :host {
    display: grid;
    gap: var(--space-4);
  }

  .back {
    display: inline-flex;
    align-items: center;
    gap: var(--space-1);
    justify-self: start;
    min-height: 2rem;
    margin-left: -0.3rem;
    color: var(--ink-muted);
    font-size: var(--text-small);
    font-weight: 600;
    text-decoration: none;
  }

  .back:hover {
    color: var(--ink);
  }

  .back svg {
    width: 1.1rem;
    height: 1.1rem;
  }

  header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space-2) var(--space-3);
  }

  h1 {
    min-width: 0;
    font-size: var(--text-title);
    overflow-wrap: anywhere;
  }

  .columns {
    display: grid;
    gap: var(--space-5);
  }

  .main,
  .side {
    display: grid;
    align-content: start;
    gap: var(--space-4);
    min-width: 0;
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-3);
  }

  .canceled {
    display: grid;
    gap: var(--space-3);
    justify-items: start;
  }

  .canceled h2,
  .warnings h2 {
    font-size: var(--text-large);
  }

  .warnings {
    display: grid;
    gap: var(--space-2);
    border-color: color-mix(in srgb, var(--wait) 40%, transparent);
    background: var(--wait-soft);
    box-shadow: none;
  }

  @media (min-width: 60rem) {
    .columns {
      grid-template-columns: minmax(0, 1fr) 20rem;
    }
  }
`;
