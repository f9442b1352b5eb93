import * as v from 'valibot';
import { allowedWords } from '../core/settings/settingSchema.ts';
import { SETTINGS } from '../core/settings/table.ts';
import type { SetupSteps } from '../setup/setupSteps.ts';
import { type RunOperation, taking } from './controlOperations.ts';

const given = v.nullable(v.pipe(v.string(), v.trim(), v.minLength(1)));
const address = v.nullable(
  v.pipe(
    v.string(),
    v.trim(),
    v.check(
      (text) => /^https?:/iu.test(text) && URL.canParse(text),
      `allowed: ${allowedWords(SETTINGS.plex_url)}`,
    ),
  ),
);

/** The steps of the set-up that pages may ask for, with what each takes: beside the operations, which need none of it. */
export const SETUP_OPERATIONS: { readonly [Name in keyof SetupSteps]: RunOperation<SetupSteps> } = {
  startSignIn: taking(v.undefined(), (setup: SetupSteps) => setup.startSignIn()),
  pollSignIn: taking(v.strictObject({ id: v.string() }), (setup: SetupSteps, input) =>
    setup.pollSignIn(input),
  ),
  tryPlex: taking(
    v.strictObject({ url: address, token: given, tlsVerify: v.nullable(v.boolean()) }),
    (setup: SetupSteps, input) => setup.tryPlex(input),
  ),
};
