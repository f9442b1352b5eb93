import type { html } from 'hono/html';

/** What `html` makes: markup in which every value was escaped. */
export type Html = ReturnType<typeof html>;
