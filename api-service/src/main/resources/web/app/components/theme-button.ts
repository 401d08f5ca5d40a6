import { LitElement, html } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { nextTheme, rememberedTheme, useTheme, type Theme } from '../state/theme';
import { base, controls } from '../styles/shared';
import { themeIcon } from './icons';

const WORDS: Readonly<Record<Theme, string>> = {
  system: 'Theme: as system',
  light: 'Theme: light',
  dark: 'Theme: dark',
};

/** Goes round the themes: as the system, light, dark. */
@customElement('sr-theme-button')
export class ThemeButton extends LitElement {
  @state() private theme: Theme = rememberedTheme();

  protected override render() {
    return html`<button
      class="button quiet"
      type="button"
      aria-label=${WORDS[this.theme]}
      title=${WORDS[this.theme]}
      data-testid="theme"
      @click=${this.change}
    >
      ${themeIcon}
    </button>`;
  }

  private change(): void {
    this.theme = nextTheme(this.theme);
    useTheme(this.theme);
  }

  static override readonly styles = [base, controls];
}

declare global {
  interface HTMLElementTagNameMap {
    'sr-theme-button': ThemeButton;
  }
}
