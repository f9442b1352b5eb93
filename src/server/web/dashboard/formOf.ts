import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';

/** What a form of ours sent. Other kinds of content are refused: they are not what pages of ours send. */
export async function formOf(context: Context): Promise<URLSearchParams> {
  const type = context.req.header('content-type') ?? '';
  if (!/^application\/x-www-form-urlencoded\b/i.test(type)) {
    throw new HTTPException(415, { message: 'Send a form.' });
  }
  return new URLSearchParams(await context.req.text());
}
