import { css } from 'lit';

export const renderCardStyles = css`
  :host {
    height: 100%;
  }

  article {
    position: relative;
    height: 100%;
    display: flex;
    flex-direction: column;
    border: 1px solid var(--line);
    border-radius: var(--radius-large);
    background: var(--surface);
    box-shadow: var(--shadow);
    overflow: hidden;
    transition: border-color var(--motion);
  }

  article:hover {
    border-color: var(--ink-muted);
  }

  article:has(a:focus-visible) {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
  }

  .picture {
    aspect-ratio: 16 / 9;
    display: grid;
    place-items: center;
    min-height: 0;
    overflow: hidden;
    background: var(--surface-sunken);
  }

  .poster {
    background: var(--film);
  }

  .poster img {
    display: block;
    width: 100%;
    height: 100%;
    min-height: 0;
    object-fit: contain;
  }

  .none {
    color: color-mix(in srgb, var(--ink-muted) 45%, transparent);
  }

  .none svg {
    width: 2.5rem;
    height: 2.5rem;
    stroke-width: 1.5;
  }

  .failed {
    padding: var(--space-4);
    background: var(--bad-soft);
    color: var(--bad);
  }

  .failed p {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 5;
    overflow: hidden;
    font-size: var(--text-small);
    overflow-wrap: anywhere;
  }

  /* On a phone, a picture that shows nothing only makes the way to the next render longer. */
  @media (max-width: 40rem) {
    .none {
      display: none;
    }

    .failed {
      aspect-ratio: auto;
      place-items: center start;
    }
  }

  .body {
    flex: 1;
    display: flex;
    flex-direction: column;
    gap: var(--space-3);
    padding: var(--space-4);
  }

  .over .head {
    flex-direction: column;
    flex-wrap: nowrap;
    gap: var(--space-2);
  }

  .running .body {
    padding: var(--space-4) var(--space-5);
  }

  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: flex-start;
    justify-content: space-between;
    gap: var(--space-3);
  }

  h3 {
    min-width: 0;
    font-size: var(--text);
    overflow-wrap: anywhere;
  }

  .running h3 {
    font-size: var(--text-large);
  }

  a {
    color: inherit;
    text-decoration: none;
  }

  /* The card shows the focus in its link's place. */
  a:focus-visible {
    outline: none;
  }

  /* The whole card is the link's target. */
  a::after {
    content: '';
    position: absolute;
    inset: 0;
  }

  .bar {
    display: grid;
    grid-template-columns: 1fr auto;
    align-items: center;
    gap: var(--space-3);
  }

  .percent {
    min-width: 4ch;
    text-align: right;
    font-weight: 650;
  }

  .facts {
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--space-4);
    margin-top: auto;
    color: var(--ink-muted);
    font-size: var(--text-small);
  }

  .activity {
    flex: 1 1 12rem;
    color: var(--ink);
  }
`;
