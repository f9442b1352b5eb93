/** Words that are written for the command line, too: what it marks as a command or a setting needs no marks on a page. */
export const plainWords = (words: string): string => words.replaceAll('`', '');
