import { randomUUID } from 'node:crypto';
import { html } from 'hono/html';
import { type Clock, systemClock } from '../../../../engine/clock.ts';
import { packageVersion } from '../../../../engine/packageVersion.ts';
import type { Limits } from '../../../../setup/limits.ts';
import type { SettingsInFile } from '../../../../setup/settingsPlace.ts';
import type { PlexAsking } from '../../../../setup/tryPlex.ts';
import type { Dashboard } from '../dashboard.ts';
import { addFilesStep } from './filesStep.ts';
import { addLibrariesStep } from './librariesStep.ts';
import { addPlexStep } from './plexStep.ts';
import { addSaveStep } from './saveStep.ts';
import { newDraft, type SetupDraft } from './setupDraft.ts';
import { nextStep } from './setupSteps.ts';
import { addStashStep } from './stashStep.ts';

/** For a question that any server answers at once: somebody waits. */
const PATIENCE = { connectTimeoutMs: 5_000, readTimeoutMs: 10_000 };

/** What the steps share. */
export interface Setup {
  readonly dashboard: Dashboard;
  readonly place: SettingsInFile;
  /** One for all who look: it is one PlexSync that is set up. */
  draft(): Promise<SetupDraft>;
  /** Begins anew. */
  forget(): Promise<void>;
  readonly limits: Limits;
  plexAsking(): Promise<PlexAsking & { readonly clock: Clock }>;
}

/** The steps of `plexsync setup`, a page each. */
export function addSetupPages(dashboard: Dashboard): void {
  const { app, parts, show } = dashboard;
  const { settingsPlace: place } = parts;
  if (place.kind === 'stash') {
    app.get('/setup', (context) => show(context, inStash));
    return;
  }
  const setup = setupOf(dashboard, place);
  app.get('/setup', async (context) => context.redirect(nextStep(await setup.draft())));
  app.post('/setup/anew', async (context) => {
    await setup.forget();
    return context.redirect('/setup', 303);
  });
  for (const add of [addPlexStep, addLibrariesStep, addStashStep, addFilesStep, addSaveStep]) add(setup);
}

const inStash = {
  title: 'Set-up',
  at: '/settings' as const,
  isLive: false,
  body: html`<p>PlexSync runs as a plugin and is set up in Stash: Settings &gt; Plugins &gt; PlexSync.</p>`,
};

function setupOf(dashboard: Dashboard, place: SettingsInFile): Setup {
  const limits: Limits = { ...PATIENCE, cutOff: dashboard.parts.ended };
  const setting = async (key: 'plex_client_id' | 'plex_tls_verify'): Promise<unknown> => {
    const read = await place.read();
    return read.ok && read.value[key].ok ? read.value[key].value : '';
  };
  let draft: SetupDraft | null = null;
  const setup: Setup = {
    dashboard,
    place,
    limits,
    draft: async () => {
      const known = String(await setting('plex_client_id'));
      draft ??= newDraft(known === '' ? randomUUID() : known);
      return draft;
    },
    forget: async () => {
      await draft?.files?.close();
      draft = null;
    },
    plexAsking: async () => ({
      ...limits,
      clock: systemClock,
      clientIdentifier: (await setup.draft()).clientIdentifier,
      version: packageVersion(),
      tlsVerify: (await setting('plex_tls_verify')) !== false,
    }),
  };
  return setup;
}
