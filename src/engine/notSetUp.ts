import type { Failure } from '../core/failure.ts';
import { fail } from '../core/result.ts';

/** While settings are missing or wrong; null when there are no problems. */
export function notSetUp(problems: readonly string[]): Failure | null {
  if (problems.length === 0) return null;
  return {
    class: 'settings',
    message: `Not set up: ${problems.join(' ')}`,
    advice: 'Correct these settings. What was asked for in the meantime is kept.',
  };
}

/** The same client, which sends nothing: this failure is its answer to everything. */
export function refusing<Client extends object>(client: Client, failure: Failure): Client {
  return new Proxy(client, {
    get(target, property, receiver) {
      const method: unknown = Reflect.get(target, property, receiver);
      return typeof method === 'function' ? () => Promise.resolve(fail(failure)) : method;
    },
  });
}
