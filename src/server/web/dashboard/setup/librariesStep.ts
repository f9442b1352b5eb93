import { html } from 'hono/html';
import { formOf } from '../formOf.ts';
import { forgetFiles } from './plexStep.ts';
import type { DraftPlex, SetupDraft } from './setupDraft.ts';
import type { Setup } from './setupPages.ts';
import { nextStep, showStep } from './setupSteps.ts';

const PATH = '/setup/libraries';

export function addLibrariesStep({ dashboard, draft: draftNow }: Setup): void {
  const { app } = dashboard;
  app.get(PATH, async (context) => {
    const draft = await draftNow();
    if (draft.plex === null) return context.redirect(nextStep(draft));
    return showStep(context, dashboard, { path: PATH, draft, body: choices(draft, draft.plex) });
  });
  app.post(PATH, async (context) => {
    const draft = await draftNow();
    if (draft.plex === null) return context.redirect(nextStep(draft), 303);
    const titles = draft.plex.offers.offered.map(({ title }) => title);
    const chosen = (await formOf(context)).getAll('library').filter((title) => titles.includes(title));
    if (chosen.length === 0) {
      const problem = 'Choose one library at least.';
      return showStep(context, dashboard, { path: PATH, draft, problem, body: choices(draft, draft.plex) });
    }
    draft.libraries = chosen;
    await forgetFiles(draft);
    return context.redirect('/setup/stash', 303);
  });
}

const choices = (
  { libraries }: SetupDraft,
  { offers: { offered, others } }: DraftPlex,
) => html`<h2>Which libraries hold your scenes</h2>
${
  offered.length === 0
    ? html`<p class="problem">Plex has no library of the type movie. Add one in Plex, of “Movies” or “Other Videos”, with the folders of your scenes; then <a href="${PATH}">look again</a>.</p>`
    : html`<form method="post" action="${PATH}" class="stack">
  ${offered.map(
    ({ title, folders }) =>
      html`<label class="check"><input type="checkbox" name="library" value="${title}" ${
        libraries === null || libraries.includes(title) ? html`checked` : null
      } /> <strong>${title}</strong> <span class="quiet">${folders.join(', ')}</span></label>`,
  )}
  <p><button class="primary">Use these</button></p>
</form>`
}
${others.length === 0 ? null : html`<p class="quiet">Not offered: ${others.map(({ title, why }) => `${title} (${why})`).join(', ')}.</p>`}`;
