import type { Session } from '../api/contract';
import { asProblem, type Problem } from '../api/problem';
import { closeSession, currentSession, openSession, type Credential } from '../api/session-api';
import { Observable } from './observable';

export type SessionState =
  | { readonly kind: 'checking' }
  | { readonly kind: 'signed-in'; readonly session: Session }
  | { readonly kind: 'signed-out'; readonly expired: boolean }
  | { readonly kind: 'unreachable'; readonly problem: Problem };

const RETRY_MS = 3_000;

/** Whether somebody is signed in. The token itself lives in an HttpOnly cookie, out of the page's reach. */
export class SessionStore extends Observable {
  state: SessionState = { kind: 'checking' };

  /** Asks the server; tries again by itself while the server does not answer. */
  async check(): Promise<void> {
    try {
      this.become({ kind: 'signed-in', session: await currentSession() });
    } catch (error) {
      const problem = asProblem(error);
      if (problem.signedOut) {
        this.become({ kind: 'signed-out', expired: this.state.kind === 'signed-in' });
      } else {
        this.become({ kind: 'unreachable', problem });
        window.setTimeout(() => void this.check(), RETRY_MS);
      }
    }
  }

  /** Throws the problem when the credential is refused. */
  async signIn(credential: Credential): Promise<void> {
    await openSession(credential);
    this.become({ kind: 'signed-in', session: await currentSession() });
  }

  async signOut(): Promise<void> {
    await closeSession();
    this.become({ kind: 'signed-out', expired: false });
  }

  /** True while the session holds. A server that does not answer proves nothing about the session. */
  async holds(): Promise<boolean> {
    try {
      await currentSession();
      return true;
    } catch (error) {
      return !this.endedBy(asProblem(error));
    }
  }

  /** Takes note when a request was refused because the session has ended. */
  endedBy(problem: Problem): boolean {
    if (problem.signedOut && this.state.kind === 'signed-in') {
      this.become({ kind: 'signed-out', expired: true });
    }
    return problem.signedOut;
  }

  private become(state: SessionState): void {
    this.state = state;
    this.changed();
  }
}
