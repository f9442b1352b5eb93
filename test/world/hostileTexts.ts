/**
 * Titles, names and paths as somebody would write them who wants to do harm by them: whoever edits Stash, names a
 * file, or answers in the place of a server.
 */
const PAYLOADS = {
  /** On a terminal: clear it, set its title, write to the clipboard, hide what follows, move up a line. */
  terminal: [
    '\u001b[2J\u001b[H',
    '\u001b]0;owned\u0007',
    '\u001b]52;c;ZXZpbA==\u0007',
    '\u001b]8;;http://evil.example/\u001b\\click\u001b]8;;\u001b\\',
    '\u001b[8mhidden\u001b[0m',
    '\u001b[1A\u001b[2K',
    '\u009b31mC1\u009b0m',
    '\u0090q#0\u009c',
    'a\bb\u007f\u0000c',
    '\u000e\u000f',
  ],
  /** In a log: a second line that looks like one of ours. */
  log: [
    'a\n{"level":"error","time":"2026-01-01T00:00:00.000Z","msg":"forged"}',
    'a\r\nforged',
    'a\rforged',
    'a\u2028forged\u2029forged',
    'a\u0085forged\u000bforged\u000cforged',
    '","level":"error","msg":"forged","x":"',
    '%s %d %j %o %c',
  ],
  /** Letters whose order on the screen is another than in the text. */
  bidi: ['\u202egnp.exe', '\u2066a\u2069\u2067b', '\u200fa\u200e', '\u061ca'],
  /** In a page. */
  html: [
    '<script>globalThis.owned = true</script>',
    '"><img src=x onerror="globalThis.owned = true">',
    "'><svg/onload=globalThis.owned=true>",
    '</title></textarea></style></script><script>globalThis.owned = true</script>',
    'javascript:globalThis.owned=true//',
    'data:text/html,<script>globalThis.owned = true</script>',
    '" autofocus onfocus="globalThis.owned = true',
    '<!--<script>globalThis.owned = true</script>-->',
    '&lt;script&gt;globalThis.owned = true&lt;/script&gt;',
    '{{constructor.constructor("globalThis.owned = true")()}}',
    '\u0000<script\u0000>globalThis.owned = true</script>',
  ],
  /** In an address: another host, another item, another parameter, a header. */
  url: [
    '../../../../etc/passwd',
    '..%2f..%2fetc%2fpasswd',
    '//evil.example/x',
    'http://evil.example/?X-Plex-Token=x',
    'file:///etc/passwd',
    'a&id=1&title.value=owned',
    'a#b?c=d;e=f',
    'a%00b%0d%0aX-Injected: 1',
    'a\r\nX-Injected: 1',
    'a,b,,c',
    '%',
    '%E0%A4%A',
  ],
  /** In code of any sort that a text might be pasted into. */
  code: [
    "'; DROP TABLE jobs; --",
    '$(touch /tmp/owned)',
    '`touch /tmp/owned`',
    '{title}{id}{performers}',
    '${process.exit(1)}',
    '=HYPERLINK("http://evil.example")',
    '__proto__',
    'constructor',
    'toString',
    '-rf',
    '*',
    '@everyone',
  ],
  /** What is hard to hold, to measure or to compare. */
  unicode: [
    '\ud800',
    '\udfff\ud83d',
    '\ufeff\u200b\u2060\u00ad',
    '\ufffe\uffff',
    `a${'\u0301'.repeat(300)}`,
    '👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿\u{e0001}\u{e0061}',
    'İıſẞﬁ',
    'Å\u212bA\u030a',
    '\u3164\uffa0',
  ],
} as const;

export const HTML_TEXTS: readonly string[] = PAYLOADS.html;
export const HOSTILE_TEXTS: readonly string[] = Object.values(PAYLOADS).flat();

/** What no line of a log or a terminal may hold: control characters, line ends of any kind, turned writing. */
export const HIDDEN_CHARACTER = /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u;
