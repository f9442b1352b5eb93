/** What a person can be asked. Each asks until the answer makes sense, and throws {@link Cancelled} on Ctrl-C. */
export interface Questions {
  choose<Value>(question: {
    readonly message: string;
    readonly choices: readonly Choice<Value>[];
    /** By its place. */
    readonly proposed: number;
  }): Promise<Value>;
  /** One at least. */
  chooseSome(question: {
    readonly message: string;
    readonly choices: readonly Choice<string>[];
    readonly proposed: readonly string[];
  }): Promise<readonly string[]>;
  text(question: {
    readonly message: string;
    readonly proposed: string;
    readonly problemOf: ProblemOf;
  }): Promise<string>;
  /** What is typed is not shown. */
  secret(question: { readonly message: string; readonly problemOf: ProblemOf }): Promise<string>;
  confirm(question: { readonly message: string; readonly proposed: boolean }): Promise<boolean>;
}

export interface Choice<Value> {
  readonly value: Value;
  readonly label: string;
  readonly hint?: string;
}

/** A sentence, or null when the answer makes sense. */
export type ProblemOf = (answer: string) => string | null;

/** The person wants no more of it. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
}
