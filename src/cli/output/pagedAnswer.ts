export interface AnswerPage {
  readonly json: readonly unknown[];
  readonly text: string;
}

export interface AnswerEnding {
  /** Stands in the document beside the list. */
  readonly json: Readonly<Record<string, unknown>>;
  readonly text: string;
}

/** Prints a long list as it comes: one JSON document, or text. */
export class PagedAnswer {
  readonly #name: string;
  readonly #isJson: boolean;
  readonly #out: (text: string) => void;
  hasBegun = false;
  #members = 0;

  constructor(
    name: string,
    { isJson, out }: { readonly isJson: boolean; readonly out: (text: string) => void },
  ) {
    this.#name = name;
    this.#isJson = isJson;
    this.#out = out;
  }

  page({ json, text }: AnswerPage): void {
    if (this.#isJson) this.#begin();
    else if (text !== '') this.#out(`${text}\n\n`);
    this.hasBegun = true;
    if (!this.#isJson) return;
    for (const member of json) {
      this.#out(`${this.#members === 0 ? '' : ','}\n    ${JSON.stringify(member)}`);
      this.#members++;
    }
  }

  end({ json, text }: AnswerEnding): void {
    if (!this.#isJson) {
      this.#out(`${text}\n`);
      return;
    }
    this.#begin();
    const others = Object.entries(json).map(
      ([name, value]) => `,\n  ${JSON.stringify(name)}: ${JSON.stringify(value)}`,
    );
    this.#out(`${this.#members === 0 ? '' : '\n  '}]${others.join('')}\n}\n`);
  }

  #begin(): void {
    if (!this.hasBegun) this.#out(`{\n  ${JSON.stringify(this.#name)}: [`);
    this.hasBegun = true;
  }
}
