import type { Session } from './contract';
import { call } from './http';

const SESSION = '/api/v1/session';

/** What a person signs in with: the code of a one-time link, or a token. */
export type Credential = { readonly code: string } | { readonly token: string };

export function currentSession(): Promise<Session> {
  return call<Session>('GET', SESSION);
}

export function openSession(credential: Credential): Promise<void> {
  return call<void>('POST', SESSION, { body: credential });
}

export function closeSession(): Promise<void> {
  return call<void>('DELETE', SESSION);
}
