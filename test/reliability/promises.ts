import type { ReliabilityPromise } from './promise.ts';
import { doubtPromises } from './promises/doubt.ts';
import { loadPromises } from './promises/load.ts';
import { lossPromises } from './promises/loss.ts';
import { networkPromises } from './promises/network.ts';
import { otherPeoplePromises } from './promises/otherPeople.ts';
import { recoveryPromises } from './promises/recovery.ts';
import { serverPromises } from './promises/servers.ts';
import { strangerPromises } from './promises/strangers.ts';

export interface PromiseGroup {
  readonly title: string;
  readonly promises: readonly ReliabilityPromise[];
}

/** docs/reliability.md is made of these; promises.test.ts holds them to the tests, parts and patches that they name. */
export const PROMISES: readonly PromiseGroup[] = [
  { title: 'Nothing is lost', promises: lossPromises },
  { title: 'Nothing is written in doubt', promises: doubtPromises },
  { title: 'What others made stays', promises: otherPeoplePromises },
  { title: 'It recovers by itself', promises: recoveryPromises },
  { title: 'A network that breaks, and much at once', promises: [...networkPromises, ...loadPromises] },
  { title: 'Both servers, and whoever listens', promises: serverPromises },
  { title: 'Whoever means harm', promises: strangerPromises },
];
