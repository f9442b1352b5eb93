import { html } from 'hono/html';
import type { Dashboard } from '../dashboard.ts';

export function addNotFoundPage({ app, show }: Dashboard): void {
  app.get('*', (context) =>
    show(
      context,
      {
        title: 'Not here',
        at: null,
        isLive: false,
        body: html`<p>There is no such page. <a href="/">Go to the overview</a>.</p>`,
      },
      404,
    ),
  );
}
