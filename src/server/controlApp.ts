import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Operations } from '../engine/operations.ts';
import type { Logger } from '../log/logger.ts';
import { CONTROL_OPERATIONS, CONTROL_PROTOCOL, operationPath } from './controlOperations.ts';
import { thrownWords } from './thrownWords.ts';

/** Room for the ids of some 100,000 scenes. */
const LARGEST_REQUEST = 2 * 1024 * 1024;

/**
 * `POST /<protocol>/<operation>` with `{ "input": … }` answers `{ "protocol", "value" | "error" }`; `GET /`
 * tells the protocol.
 */
export function controlApp(operations: Operations, logger: Logger): Hono {
  const app = new Hono();
  app.use(
    bodyLimit({
      maxSize: LARGEST_REQUEST,
      onError: (context) => context.json(refusal('the request is too large'), 413),
    }),
  );
  app.get('/', (context) => context.json({ protocol: CONTROL_PROTOCOL, value: null }));
  for (const [name, run] of Object.entries(CONTROL_OPERATIONS)) {
    app.post(operationPath(name), async (context) => {
      const body = readBody(await context.req.text());
      if (body === null) return context.json(refusal('the request is no JSON object'), 400);
      const outcome = await run(operations, body['input']);
      if (!outcome.ok) return context.json(refusal(`${name}: ${outcome.failure}`), 400);
      return context.json({ protocol: CONTROL_PROTOCOL, value: outcome.value });
    });
  }
  app.notFound((context) => context.json(refusal('no such operation'), 404));
  app.onError((error, context) =>
    context.json(refusal(thrownWords(error, logger, { path: context.req.path })), 500),
  );
  return app;
}

const refusal = (error: string) => ({ protocol: CONTROL_PROTOCOL, error });

function readBody(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null ? { ...body } : null;
  } catch {
    return null;
  }
}
