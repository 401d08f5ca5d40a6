import type { RenderJob } from './contract';

/** Where the parts of a finished render are, for this page. */
export interface RenderMedia {
  readonly video: string | null;
  readonly poster: string | null;
  /** WebVTT, the only form of captions a browser shows. */
  readonly captions: string | null;
}

export function mediaOf(job: RenderJob): RenderMedia {
  const video = job.video_urls?.[0];
  return {
    video: video ? local(video).href : null,
    poster: job.poster_url ? local(job.poster_url).href : null,
    captions: job.captions_url ? webVtt(job.captions_url) : null,
  };
}

/**
 * The server writes addresses as it was asked. Behind a proxy that ends TLS these may begin with http: the page's own
 * origin is right for its own host.
 */
function local(address: string): URL {
  const url = new URL(address, window.location.href);
  return url.host === window.location.host ? new URL(url.pathname + url.search, window.location.origin) : url;
}

function webVtt(address: string): string {
  const url = local(address);
  if (url.searchParams.has('format')) {
    url.searchParams.set('format', 'vtt');
  }
  return url.href;
}
