export interface QueryEntry {
  readonly key: string;
  readonly value: string;
  /** As it stood in the URL. */
  readonly raw: string;
}

/** Percent-decodes as UTF-8; what is no valid escape stays as it is. */
export function percentDecoded(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (run) =>
    Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'),
  );
}

export class Query {
  readonly entries: readonly QueryEntry[];

  constructor(search: string, plus: 'space' | 'literal') {
    const decode = (text: string) => percentDecoded(plus === 'space' ? text.replaceAll('+', ' ') : text);
    this.entries = search
      .split('&')
      .filter((pair) => pair !== '')
      .map((pair) => {
        const at = pair.indexOf('=');
        const [key, raw] = at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
        return { key: percentDecoded(key), value: decode(raw), raw };
      });
  }

  /** Of a repeated key the last one counts (plex reference §3.3). */
  get(key: string): string | undefined {
    return this.entries.findLast((entry) => entry.key === key)?.value;
  }

  isOn(key: string): boolean {
    const value = this.get(key);
    return value === '1' || value === 'true';
  }

  /** Comma lists, as of ids. */
  list(key: string): readonly string[] {
    return (this.get(key) ?? '').split(',').filter((one) => one !== '');
  }
}
