import type { Context } from 'hono';
import { html } from 'hono/html';
import { adviceOf } from '../../../../core/failure.ts';
import { parsePathMaps } from '../../../../core/matching/pathMap.ts';
import { counted } from '../../../../core/quantityInWords.ts';
import { fail, type Result, succeed } from '../../../../core/result.ts';
import { settingsOf } from '../../../../core/settings/resolve.ts';
import { packageVersion } from '../../../../engine/packageVersion.ts';
import { type ComparedFiles, Trial } from '../../../../setup/trial.ts';
import { thrownWords } from '../../../thrownWords.ts';
import { formOf } from '../formOf.ts';
import type { Html } from '../parts/html.ts';
import { FilesReading, type ReadingState } from './filesReading.ts';
import { forgetFiles } from './plexStep.ts';
import { answersOf, type SetupDraft } from './setupDraft.ts';
import type { Setup } from './setupPages.ts';
import { mayEnter, nextStep, showStep } from './setupSteps.ts';

const PATH = '/setup/files';
const LOOK_AGAIN_S = 1;

/** Reads both sides, and shows how far their paths agree. */
export function addFilesStep(setup: Setup): void {
  const { app } = setup.dashboard;
  app.get(PATH, async (context) => {
    const draft = await setup.draft();
    if (!mayEnter(PATH, draft)) return context.redirect(nextStep(draft));
    const begun = draft.files === null ? await begin(setup, draft) : succeed(undefined);
    return show(context, setup, begun.ok ? null : begun.failure);
  });
  app.post(`${PATH}/again`, async (context) => {
    await forgetFiles(await setup.draft());
    return context.redirect(PATH, 303);
  });
  app.post(PATH, async (context) => {
    const draft = await setup.draft();
    const typed = ((await formOf(context)).get('path_map') ?? '').split('\n').map((line) => line.trim());
    const maps = typed.filter((line) => line !== '');
    const parsed = parsePathMaps(maps);
    if (!parsed.ok) return show(context, setup, `path_map: ${parsed.failure.join('; ')}`);
    draft.pathMaps = maps.length === 0 ? null : maps;
    draft.files?.compareBy(maps.length === 0 ? null : parsed.value);
    return context.redirect(PATH, 303);
  });
}

async function begin(
  { dashboard, place, plexAsking }: Setup,
  draft: SetupDraft,
): Promise<Result<void, string>> {
  const read = await place.read({ ...answersOf(draft), path_map: null });
  if (!read.ok) return read;
  const settings = settingsOf(read.value);
  if (!settings.ok) return fail(settings.failure.join(' '));
  const { logger, ended } = dashboard.parts;
  const { clientIdentifier } = await plexAsking();
  const parts = {
    settings: settings.value,
    clientIdentifier,
    version: packageVersion(),
    logger,
    cutOff: ended,
  };
  draft.files = new FilesReading(new Trial(parts));
  void draft.files.run().catch((error: unknown) => {
    // Its database was closed, because somebody began anew.
    logger.debug({ reason: thrownWords(error, logger, { page: PATH }) }, 'the files were read no further');
  });
  return succeed(undefined);
}

async function show(context: Context, setup: Setup, problem: string | null): Promise<Response> {
  const draft = await setup.draft();
  const state = draft.files?.state ?? null;
  return showStep(context, setup.dashboard, {
    path: PATH,
    draft,
    problem: state?.kind === 'failed' ? `${state.failure.message} ${adviceOf(state.failure)}` : problem,
    ...(state?.kind === 'reading' ? { refreshS: LOOK_AGAIN_S } : {}),
    body: html`<h2>The same files on both sides</h2>
${state === null ? null : stateWords(state)}
${state?.kind === 'read' ? mapsForm(draft) : null}`,
  });
}

const AGAIN = html`<form method="post" action="${PATH}/again"><button>Read again</button></form>`;

function stateWords(state: ReadingState): Html {
  switch (state.kind) {
    case 'reading': {
      const { done, of } = state.progress;
      const share = of === null ? '' : ` of ${of.toLocaleString('en')}`;
      return html`<p role="status">Reading ${state.whose} … ${done.toLocaleString('en')}${share}</p>
<progress aria-label="Read so far" ${of === null ? null : html`value="${done}" max="${of}"`}></progress>`;
    }
    case 'failed':
      return AGAIN;
    case 'read':
      return agreement(state.items, state.compared);
  }
}

function agreement(items: number, { looked, common, agreeing, maps, byMap, example }: ComparedFiles): Html {
  if (common === 0) {
    return html`<p class="problem">${
      looked === 0
        ? 'Stash has no scene with a file.'
        : items === 0
          ? 'The libraries of Plex are empty.'
          : `None of ${looked.toLocaleString('en')} files of Stash is in these libraries, by name and size.`
    }</p>
<p>${example === null ? null : html`Stash has, for example, <code>${example.stash}</code>. `}Look whether these are the right libraries, and whether Plex has scanned them. You may go on all the same.</p>${AGAIN}`;
  }
  return html`<p class="${agreeing === common ? 'good' : ''}">${agreeing.toLocaleString('en')} of ${counted(common, 'file')} that both have lie where PlexSync expects them${
    looked > common
      ? `; ${(looked - common).toLocaleString('en')} more of Stash are not in these libraries`
      : ''
  }.</p>
${
  maps.length === 0
    ? html`<p>Both sides name them by the same paths.</p>`
    : html`<div class="scroll"><table><caption>Path maps</caption><thead><tr><th scope="col">In Stash</th><th scope="col">In Plex</th><th scope="col">Files</th></tr></thead>
<tbody>${maps.map(({ from, to }, nth) => html`<tr><td><code>${from}</code></td><td><code>${to}</code></td><td>${byMap[nth] ?? 0}</td></tr>`)}</tbody></table></div>`
}
${
  agreeing === common || example === null
    ? null
    : html`<p class="quiet">Others are found by name and size. For example <code>${example.stash}</code> is <code>${example.plex ?? 'not in Plex'}</code>.</p>`
}`;
}

const mapsForm = ({ pathMaps }: SetupDraft): Html => html`<details ${pathMaps === null ? null : html`open`}>
<summary>Other path maps</summary>
<form method="post" action="${PATH}" class="stack">
  <label for="path_map">Stash prefix =&gt; Plex prefix, one a line</label>
  <textarea id="path_map" name="path_map" rows="4" spellcheck="false" placeholder="/data=>/media">${pathMaps?.join('\n') ?? ''}</textarea>
  <p class="quiet">Empty: PlexSync goes on learning them from the files, which is best for most.</p>
  <p><button>Try these</button></p>
</form></details>
<p><a class="button primary" href="/setup/save">Go on</a></p>`;
