import { ping } from './ping.ts';

/** The little that is used of a browser's. */
declare const document: {
  querySelector(selectors: string): { getAttribute(name: string): string | null } | null;
};

void ping({
  base: document.querySelector('base')?.getAttribute('href') ?? null,
  fetch: (url, request) => fetch(url, request),
  debug: (message, cause) => console.debug(message, cause),
});
