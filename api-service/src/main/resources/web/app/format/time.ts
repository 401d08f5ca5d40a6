import type { RenderJob } from '../api/contract';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A length of time in whole seconds, as in a film's counter: 0:07, 12:40, 1:02:09. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const two = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(whole / HOUR);
  const minutes = Math.floor((whole % HOUR) / MINUTE);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % MINUTE)}` : `${minutes}:${two(whole % MINUTE)}`;
}

/** How long ago something happened: "just now", "5 minutes ago", "yesterday". */
export function ago(instant: string, now: number): string {
  const seconds = Math.max(0, (now - Date.parse(instant)) / 1_000);
  const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });
  if (seconds < 45) {
    return 'just now';
  }
  if (seconds < HOUR) {
    return relative.format(-Math.round(seconds / MINUTE), 'minute');
  }
  if (seconds < DAY) {
    return relative.format(-Math.round(seconds / HOUR), 'hour');
  }
  return relative.format(-Math.round(seconds / DAY), 'day');
}

export function dateAndTime(instant: string): string {
  return new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(instant));
}

/** Seconds a render has worked so far, or worked in all; null before it started. */
export function elapsedSeconds(job: RenderJob, now: number): number | null {
  if (!job.started_at) {
    return null;
  }
  const end = job.completed_at ? Date.parse(job.completed_at) : now;
  return Math.max(0, (end - Date.parse(job.started_at)) / 1_000);
}

/** Below these a guess would jump about more than it tells. */
const ENOUGH_PERCENT = 5;
const ENOUGH_SECONDS = 3;

/** Seconds a running render will take from now on, if it goes on at its pace so far; null while that is a mere guess. */
export function remainingSeconds(job: RenderJob, now: number): number | null {
  const elapsed = elapsedSeconds(job, now);
  const underWay = job.status === 'processing' && !job.waiting;
  if (!underWay || elapsed === null || elapsed < ENOUGH_SECONDS || job.progress < ENOUGH_PERCENT) {
    return null;
  }
  return (elapsed * (100 - job.progress)) / job.progress;
}

/** What is left, rounded as a person would say it. */
export function remainingInWords(seconds: number): string {
  if (seconds < 10) {
    return 'a few seconds left';
  }
  if (seconds < 55) {
    return `about ${Math.round(seconds / 5) * 5} seconds left`;
  }
  const minutes = Math.round(seconds / MINUTE);
  return minutes <= 1 ? 'about a minute left' : `about ${minutes} minutes left`;
}
