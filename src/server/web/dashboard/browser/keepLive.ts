import { Idiomorph } from 'idiomorph';

/** More seldom than this a page is not asked for, however much happens. */
const AT_MOST_EVERY_MS = 1_000;

/**
 * Asks for the page again whenever the server says that something has changed, and puts in what differs: focus,
 * what is opened and where people have scrolled to stay. A tab that nobody looks at is left alone, since browsers
 * allow a host six connections in all.
 */
export function keepLive(onRenewed: () => void): void {
  const path = document.querySelector('main')?.dataset['live'];
  if (path === undefined) return;
  let source: EventSource | null = null;
  let isFirst = true;
  let isOver = false;
  const leaveOff = (): void => {
    source?.close();
    source = null;
    isOver = true;
  };
  const renew = pacedBy(AT_MOST_EVERY_MS, async () => {
    if (await renewMain()) onRenewed();
    // What it waited for has come.
    if (document.querySelector('main')?.dataset['live'] === undefined) leaveOff();
  });
  const listen = (): void => {
    if (document.visibilityState === 'hidden') {
      source?.close();
      source = null;
      return;
    }
    if (source !== null || isOver) return;
    source = new EventSource(path);
    source.addEventListener('changed', () => {
      // The page is as new as this.
      if (!isFirst) renew();
      isFirst = false;
    });
    source.addEventListener('open', () => document.body.removeAttribute('data-away'));
    source.addEventListener('error', () => {
      document.body.dataset['away'] = '';
      isFirst = false;
    });
  };
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') isFirst = false;
    listen();
  });
  listen();
}

async function renewMain(): Promise<boolean> {
  let answer: Response;
  try {
    answer = await fetch(location.href, { headers: { accept: 'text/html' } });
  } catch {
    return false;
  }
  // Signed out meanwhile, or the server is being put together anew.
  if (!answer.ok || answer.redirected) return false;
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
  for (const part of ['header.top', 'main']) {
    const [before, after] = [document.querySelector(part), fresh.querySelector(part)];
    if (before === null || after === null) continue;
    await Idiomorph.morph(before, after, {
      morphStyle: 'outerHTML',
      ignoreActiveValue: true,
      callbacks: KEEP_WHAT_PEOPLE_DID,
    });
  }
  return true;
}

const KEEP_WHAT_PEOPLE_DID = {
  /** What somebody opened stays open. What is typed in is left to them. */
  beforeAttributeUpdated: (name: string, node: Node): boolean =>
    !(name === 'open' && node instanceof HTMLDetailsElement),
  beforeNodeMorphed: (node: Node): boolean =>
    !(node instanceof HTMLElement && node.dataset['kept'] !== undefined),
};

/** Calls it now or when the time has come, never twice at a time. */
function pacedBy(everyMs: number, call: () => Promise<void>): () => void {
  let isDue = false;
  let isBusy = false;
  const run = async (): Promise<void> => {
    isBusy = true;
    while (isDue) {
      isDue = false;
      await call();
      await new Promise((resolve) => setTimeout(resolve, everyMs));
    }
    isBusy = false;
  };
  return () => {
    isDue = true;
    if (!isBusy) void run();
  };
}
