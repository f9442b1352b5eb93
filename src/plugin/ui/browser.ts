/** The little that is used of a browser's globals. */
interface Document {
  readonly hidden: boolean;
  querySelector(selectors: string): { getAttribute(name: string): string | null } | null;
  addEventListener(name: string, listener: () => void): void;
  removeEventListener(name: string, listener: () => void): void;
}
declare const document: Document;

/** Stash's root, also behind a proxy: its page has it as <base> (stash reference §5.2). */
export const stashBase = (): string => document.querySelector('base')?.getAttribute('href') ?? '/';

export const isHidden = (): boolean => document.hidden;

/** @returns ends it. */
export function onShown(listener: () => void): () => void {
  const look = (): void => {
    if (!isHidden()) listener();
  };
  document.addEventListener('visibilitychange', look);
  return () => document.removeEventListener('visibilitychange', look);
}
