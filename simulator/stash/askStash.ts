export interface StashAnswer {
  readonly status: number;
  readonly type: string | null;
  /** Null when the document was refused. */
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly errors: readonly { readonly message: string; readonly path?: readonly unknown[] }[];
}

export interface StashQuestion {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly operationName?: string;
}

/** Asks as a person's browser or another tool does: what the demo and tests edit Stash with, not our client. */
export async function askStash(url: string, question: StashQuestion): Promise<StashAnswer> {
  const answer = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(question),
  });
  const { data, errors } = (await answer.json()) as Partial<StashAnswer>;
  return {
    status: answer.status,
    type: answer.headers.get('content-type'),
    data: data ?? null,
    errors: errors ?? [],
  };
}
