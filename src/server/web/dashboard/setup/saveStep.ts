import type { Context } from 'hono';
import { html } from 'hono/html';
import { adviceOf } from '../../../../core/failure.ts';
import type { Answers } from '../../../../core/firstRun/withAnswers.ts';
import { NO_TALLY, tallyAfter, tallyWords, wouldChange } from '../../../../core/planning/tally.ts';
import type { Result } from '../../../../core/result.ts';
import type { Resolutions } from '../../../../core/settings/resolve.ts';
import type { SettingKey } from '../../../../core/settings/table.ts';
import { visibleText } from '../../../../core/visibleText.ts';
import type { PlannedScene } from '../../../../engine/operations.ts';
import { setNotice } from '../notice.ts';
import { itemPlan } from '../pages/scene/planView.ts';
import type { Html } from '../parts/html.ts';
import { answersOf } from './setupDraft.ts';
import type { Setup } from './setupPages.ts';
import { mayEnter, nextStep, showStep } from './setupSteps.ts';

const PATH = '/setup/save';
const SCENES_PLANNED = 20;
/** In full; a person reads no more now. */
const SCENES_SHOWN = 3;

/** What a first sync would write, by a sample; then everything is saved, and PlexSync begins. */
export function addSaveStep(setup: Setup): void {
  const { app } = setup.dashboard;
  app.get(PATH, (context) => show(context, setup, null));
  app.post(PATH, async (context) => {
    const { place } = setup;
    const draft = await setup.draft();
    if (!mayEnter(PATH, draft)) return context.redirect(nextStep(draft), 303);
    const read = await place.read();
    if (!read.ok) return show(context, setup, read.failure);
    const saved = await place.save(withoutGiven(answersOf(draft), read.value));
    if (!saved.ok) return show(context, setup, saved.failure);
    await setup.forget();
    place.goOnWithSaved();
    setNotice(context, {
      kind: 'done',
      text: 'Saved. PlexSync begins: it compares everything once, and shows what it would write before it does.',
    });
    return context.redirect('/', 303);
  });
}

/** What stands in the environment or was given as a flag holds by itself, and is not copied to a disk. */
const withoutGiven = (answers: Answers, resolutions: Resolutions): Answers =>
  Object.fromEntries(
    Object.entries(answers).filter(([key]) =>
      ['default', 'file'].includes(resolutions[key as SettingKey].origin.kind),
    ),
  );

async function show(context: Context, setup: Setup, problem: string | null): Promise<Response> {
  const draft = await setup.draft();
  if (draft.files === null || !mayEnter(PATH, draft)) return context.redirect(nextStep(draft));
  const preview = await draft.files.preview(SCENES_PLANNED);
  return showStep(context, setup.dashboard, {
    path: PATH,
    draft,
    problem,
    body: html`<h2>What the first sync would do</h2>
${previewWords(preview)}
<form method="post" action="${PATH}" class="row"><button class="primary">Save to ${setup.place.path}</button></form>
<form method="post" action="/setup/anew" class="row"><button class="link">Begin the set-up anew</button></form>`,
  });
}

function previewWords(preview: Result<readonly PlannedScene[]>): Html {
  if (!preview.ok)
    return html`<p class="notice doubtful">It cannot be told now: ${preview.failure.message} ${adviceOf(preview.failure)}</p>`;
  const planned = preview.value;
  const tally = planned.reduce(tallyAfter, NO_TALLY);
  if (tally.scenes === 0) return html`<p>No scene is in both, so there is nothing to tell yet.</p>`;
  return html`<p>A sample of ${tallyWords(tally)}.</p>
${planned.filter(wouldChange).slice(0, SCENES_SHOWN).map(sceneView)}
<p class="quiet">Nothing was written. The first comparison of the whole library only counts, too, and asks before it writes.</p>`;
}

const sceneView = ({
  sceneId,
  title,
  items,
}: PlannedScene): Html => html`<section aria-label="Scene ${sceneId}">
  <h3>Scene ${sceneId} ${visibleText(title)}</h3>
  ${items.map((item) => itemPlan(item, items.length > 1))}
</section>`;
