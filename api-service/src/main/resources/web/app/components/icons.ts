import { svg, html, type TemplateResult } from 'lit';

function icon(shape: TemplateResult<2>): TemplateResult {
  return html`<svg
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    stroke-width="2"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    ${shape}
  </svg>`;
}

export const brandIcon = icon(
  svg`<rect x="2.5" y="5" width="19" height="14" rx="3.5"/><path d="M10 9v6l5-3z" fill="currentColor"/>`,
);
export const checkIcon = icon(svg`<path d="M5 12.5l4.5 4.5L19 7.5"/>`);
export const crossIcon = icon(svg`<path d="M7 7l10 10M17 7L7 17"/>`);
export const dashIcon = icon(svg`<path d="M7 12h10"/>`);
export const downloadIcon = icon(svg`<path d="M12 4v11M7.5 11l4.5 4.5 4.5-4.5M5 20h14"/>`);
export const backIcon = icon(svg`<path d="M14.5 6l-6 6 6 6"/>`);
export const againIcon = icon(svg`<path d="M19.5 12a7.5 7.5 0 1 1-2.2-5.3M19.5 3.5v4h-4"/>`);
export const warningIcon = icon(svg`<path d="M12 4l9 16H3zM12 10v4.5M12 17.2v.1"/>`);
export const themeIcon = icon(
  svg`<circle cx="12" cy="12" r="8"/><path d="M12 4a8 8 0 0 1 0 16z" fill="currentColor"/>`,
);
