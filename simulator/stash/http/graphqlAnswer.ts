import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  OperationTypeNode,
  parse,
  validate,
} from 'graphql';
import { goJson } from '../goJson.ts';
import type { Call } from '../schema/resolver.ts';

export interface GraphqlRequest {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName: string | null;
}

export interface GraphqlAnswer {
  readonly status: 200 | 400;
  readonly body: string;
}

interface ReadDocument {
  readonly document: DocumentNode | null;
  readonly problems: readonly GraphQLError[];
}

/** What clients send again and again is read and checked once a schema, as in Stash. */
const documents = new WeakMap<GraphQLSchema, Map<string, ReadDocument>>();
const DOCUMENTS_KEPT = 200;

/** Executes a document; what cannot be executed at all is HTTP 400 (stash reference §3.1). */
export async function answerGraphql(
  request: GraphqlRequest,
  parts: { schema: GraphQLSchema; call: Call },
): Promise<GraphqlAnswer> {
  const { document, problems } = readDocument(request.query, parts.schema);
  if (document === null) return refusal(problems, 'GRAPHQL_PARSE_FAILED');
  if (problems.length > 0) return refusal(problems, 'GRAPHQL_VALIDATION_FAILED');
  const result: ExecutionResult = await execute({
    schema: parts.schema,
    document,
    variableValues: request.variables,
    contextValue: parts.call,
    ...(request.operationName !== null && { operationName: request.operationName }),
  });
  if (!('data' in result) || result.data === undefined)
    return refusal(result.errors ?? [], 'GRAPHQL_VALIDATION_FAILED');
  const errors = (result.errors ?? []).map(({ message, path }) => ({ message, path }));
  return { status: 200, body: goJson({ ...(errors.length > 0 && { errors }), data: result.data }) };
}

/** An error as Stash writes it: a message, where, and a code. */
function refusal(problems: readonly GraphQLError[], code: string): GraphqlAnswer {
  const errors = problems.map(({ message, locations }) => ({ message, locations, extensions: { code } }));
  return { status: 400, body: goJson({ errors, data: null }) };
}

/** The root fields of a document; none when it cannot be read. */
export function rootFields(query: string, schema: GraphQLSchema): readonly string[] {
  const { document } = readDocument(query, schema);
  return (document?.definitions ?? []).flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION && definition.operation !== OperationTypeNode.SUBSCRIPTION
      ? definition.selectionSet.selections.flatMap((each) =>
          each.kind === Kind.FIELD ? [each.name.value] : [],
        )
      : [],
  );
}

function readDocument(query: string, schema: GraphQLSchema): ReadDocument {
  const kept = documents.get(schema) ?? new Map<string, ReadDocument>();
  documents.set(schema, kept);
  const known = kept.get(query);
  if (known !== undefined) return known;
  const read = parseAndCheck(query, schema);
  if (kept.size >= DOCUMENTS_KEPT) kept.clear();
  kept.set(query, read);
  return read;
}

function parseAndCheck(query: string, schema: GraphQLSchema): ReadDocument {
  try {
    const document = parse(query);
    return { document, problems: validate(schema, document) };
  } catch (error) {
    if (error instanceof GraphQLError) return { document: null, problems: [error] };
    throw error;
  }
}
