import { fail, succeed } from '../../src/core/result.ts';
import type { SetupSteps } from '../../src/setup/setupSteps.ts';

/** Nobody signs in, and no Plex answers; or as the test says. */
export const fakeSetupSteps = (answers: Partial<SetupSteps> = {}): SetupSteps => ({
  startSignIn: () => Promise.resolve(succeed({ id: '7', link: 'https://app.plex.tv/auth', lifeMs: 60_000 })),
  pollSignIn: () => Promise.resolve(succeed({ kind: 'waiting' })),
  tryPlex: () => Promise.resolve(fail({ class: 'unreachable', message: 'Nobody answers.' })),
  ...answers,
});
