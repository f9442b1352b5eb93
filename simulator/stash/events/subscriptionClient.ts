import {
  type DocumentNode,
  executeSubscriptionEvent,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  parse,
  validate,
  validateSubscriptionArgs,
} from 'graphql';
import type { JobUpdate } from '../jobs/jobQueue.ts';
import type { EventStream } from './eventStream.ts';

export interface SubscriptionStreams {
  readonly jobs: EventStream<JobUpdate>;
  readonly scans: EventStream<true>;
  schema(): GraphQLSchema;
}

interface Wire {
  send(message: object): void;
  close(code: number, reason: string): void;
}

interface Message {
  readonly type?: string;
  readonly id?: string;
  readonly payload?: { readonly query?: string };
}

/** One client's side of graphql-transport-ws, as gqlgen has it. */
export class SubscriptionClient {
  readonly #streams: SubscriptionStreams;
  readonly #wire: Wire;
  readonly #running = new Map<string, () => void>();
  #isReady = false;

  constructor(streams: SubscriptionStreams, wire: Wire) {
    this.#streams = streams;
    this.#wire = wire;
  }

  take(text: string): void {
    const { type, id = '', payload } = JSON.parse(text) as Message;
    switch (type) {
      case 'connection_init':
        this.#isReady = true;
        return this.#wire.send({ type: 'connection_ack' });
      case 'ping':
        return this.#wire.send({ type: 'pong' });
      case 'subscribe':
        return this.#isReady
          ? this.#subscribe(id, payload?.query ?? '')
          : this.#wire.close(4401, 'Unauthorized');
      case 'complete':
        this.#running.get(id)?.();
        this.#running.delete(id);
        return;
      case 'pong':
        return;
      default:
        return this.#wire.close(4400, `unexpected message ${type}`);
    }
  }

  end(): void {
    for (const stop of this.#running.values()) stop();
    this.#running.clear();
  }

  #subscribe(id: string, query: string): void {
    const schema = this.#streams.schema();
    const document = readDocument(query);
    const errors = 'problem' in document ? [document.problem] : validate(schema, document);
    if (errors.length > 0 || 'problem' in document) {
      const payload = errors.map(({ message }) => ({ message }));
      return this.#wire.send({ id, type: 'error', payload });
    }
    const tell = async (event: unknown): Promise<void> => {
      const request = validateSubscriptionArgs({ schema, document, rootValue: event });
      const payload = 'schema' in request ? await executeSubscriptionEvent(request) : { errors: request };
      this.#wire.send({ id, type: 'next', payload });
    };
    const isOfJobs = fieldOf(document) === 'jobsSubscribe';
    const { jobs, scans } = this.#streams;
    this.#running.set(
      id,
      isOfJobs ? jobs.listen((event) => void tell(event)) : scans.listen((event) => void tell(event)),
    );
  }
}

function readDocument(query: string): DocumentNode | { readonly problem: GraphQLError } {
  try {
    return parse(query);
  } catch (error) {
    if (error instanceof GraphQLError) return { problem: error };
    throw error;
  }
}

function fieldOf({ definitions }: DocumentNode): string | null {
  const operation = definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION);
  const [field] = operation?.selectionSet.selections ?? [];
  return field?.kind === Kind.FIELD ? field.name.value : null;
}
