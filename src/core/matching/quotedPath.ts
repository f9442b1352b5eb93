import { visibleText } from '../visibleText.ts';

/** For messages: it ends where the quotes end, whatever the file is called. The log finds paths by them. */
export const quotedPath = (path: string): string => `"${visibleText(path).replaceAll('"', '\\u0022')}"`;
