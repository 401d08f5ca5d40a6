import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { routeOf, type Route } from './routes';

const NAVIGATE = 'storyreel:navigate';

/** Opens a page of the studio without loading the document again. */
export function navigate(path: string, history: 'push' | 'replace' = 'push'): void {
  if (history === 'replace') {
    window.history.replaceState(null, '', path);
  } else {
    window.history.pushState(null, '', path);
  }
  window.dispatchEvent(new Event(NAVIGATE));
}

/** Keeps its host's route equal to the address bar, and turns clicks on the studio's own links into navigation. */
export class Navigation implements ReactiveController {
  route: Route = routeOf(new URL(window.location.href));

  constructor(
    private readonly host: ReactiveControllerHost & HTMLElement,
    private readonly onArrival: (route: Route) => void,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    window.addEventListener('popstate', this.follow);
    window.addEventListener(NAVIGATE, this.follow);
    this.host.addEventListener('click', this.intercept);
  }

  hostDisconnected(): void {
    window.removeEventListener('popstate', this.follow);
    window.removeEventListener(NAVIGATE, this.follow);
    this.host.removeEventListener('click', this.intercept);
  }

  private readonly follow = (): void => {
    this.route = routeOf(new URL(window.location.href));
    this.host.requestUpdate();
    this.onArrival(this.route);
  };

  private readonly intercept = (event: MouseEvent): void => {
    // Anything but a plain click (new tab, new window, download) is the browser's business.
    if (
      event.defaultPrevented ||
      event.button !== 0 ||
      event.metaKey ||
      event.ctrlKey ||
      event.shiftKey ||
      event.altKey
    ) {
      return;
    }
    const link = event.composedPath().find((node): node is HTMLAnchorElement => node instanceof HTMLAnchorElement);
    if (!link || link.target || link.hasAttribute('download') || link.origin !== window.location.origin) {
      return;
    }
    if (routeOf(new URL(link.href)).page === 'unknown') {
      return;
    }
    event.preventDefault();
    navigate(link.pathname + link.search);
  };
}
