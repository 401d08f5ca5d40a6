/** One field the server refused, from the `errors` of a problem document. */
export interface FieldProblem {
  readonly field: string;
  readonly message: string;
}

/** What went wrong with a request: a problem document (RFC 9457), or no answer at all (status 0). */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    readonly code: string,
    readonly errors: readonly FieldProblem[] = [],
  ) {
    super(detail || title);
    this.name = 'Problem';
  }

  get signedOut(): boolean {
    return this.status === 401;
  }

  get notFound(): boolean {
    return this.status === 404;
  }
}

export function unreachable(): Problem {
  return new Problem(
    0,
    'The server does not answer',
    'Storyreel could not be reached. Check that it is running; this page tries again by itself.',
    'unreachable',
  );
}

export async function problemOf(response: Response): Promise<Problem> {
  const document = await problemDocument(response);
  return new Problem(
    response.status,
    text(document['title']) || `The request failed with status ${response.status}`,
    text(document['detail']),
    text(document['code']),
    fieldProblems(document['errors']),
  );
}

/** Turns whatever was thrown into a problem that can be shown. */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) {
    return error;
  }
  return new Problem(-1, 'This page ran into an error', error instanceof Error ? error.message : String(error), 'page');
}

async function problemDocument(response: Response): Promise<Record<string, unknown>> {
  // A proxy in front of the server answers in HTML: then the status is all there is to tell.
  if (!response.headers.get('content-type')?.includes('json')) {
    return {};
  }
  const body: unknown = await response.json().catch(() => null);
  return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
}

function fieldProblems(value: unknown): FieldProblem[] {
  if (!Array.isArray(value)) {
    return [];
  }
  return value.map((entry: Partial<FieldProblem>) => ({ field: text(entry.field), message: text(entry.message) }));
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
