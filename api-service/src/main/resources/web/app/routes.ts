/** The studio's pages. The server answers each of these paths with the same index page (StudioRoutes). */
export type Route =
  | { readonly page: 'renders' }
  | { readonly page: 'render'; readonly jobId: string }
  | { readonly page: 'sign-in'; readonly code: string | null }
  | { readonly page: 'unknown'; readonly path: string };

export function routeOf(url: URL): Route {
  const path = url.pathname.length > 1 ? url.pathname.replace(/\/+$/, '') : url.pathname;
  if (path === '/') {
    return { page: 'renders' };
  }
  if (path === '/signin') {
    return { page: 'sign-in', code: url.searchParams.get('code') };
  }
  const render = /^\/renders\/([^/]+)$/.exec(path);
  if (render?.[1]) {
    return { page: 'render', jobId: decodeURIComponent(render[1]) };
  }
  return { page: 'unknown', path };
}

export const rendersPath = '/';

export function renderPath(jobId: string): string {
  return `/renders/${encodeURIComponent(jobId)}`;
}
