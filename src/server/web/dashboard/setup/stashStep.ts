import type { Context } from 'hono';
import { html } from 'hono/html';
import { adviceOf } from '../../../../core/failure.ts';
import { type FoundStash, findStash, tryStash, USUAL_STASH_URLS } from '../../../../setup/tryStash.ts';
import { formOf } from '../formOf.ts';
import type { Html } from '../parts/html.ts';
import { forgetFiles } from './plexStep.ts';
import type { SetupDraft } from './setupDraft.ts';
import type { Setup } from './setupPages.ts';
import { mayEnter, nextStep, showStep } from './setupSteps.ts';
import { textSetting } from './textSetting.ts';

const PATH = '/setup/stash';

export function addStashStep(setup: Setup): void {
  const { app } = setup.dashboard;
  app.get(PATH, (context) => show(context, setup, { typed: null, problem: null }));
  app.post(PATH, async (context) => {
    const form = await formOf(context);
    const url = textSetting('stash_url', form);
    const key = textSetting('stash_api_key', form);
    const asIs = { typed: form.get('stash_url') };
    if (!url.ok) return show(context, setup, { ...asIs, problem: url.failure });
    if (!key.ok) return show(context, setup, { ...asIs, problem: key.failure });
    const draft = await setup.draft();
    const apiKey = key.value === '' && draft.stash?.url === url.value ? draft.stash.apiKey : key.value;
    const tried = await tryStash(
      { url: url.value, apiKey },
      { ...setup.limits, tlsVerify: await checksTls(setup) },
    );
    if (!tried.ok) {
      const problem = `${tried.failure.message} ${adviceOf(tried.failure)}`;
      return show(context, setup, { ...asIs, problem });
    }
    draft.stash = { url: url.value, apiKey, ...tried.value };
    await forgetFiles(draft);
    return context.redirect('/setup/files', 303);
  });
}

async function checksTls({ place }: Setup): Promise<boolean> {
  const read = await place.read();
  return !read.ok || !read.value.stash_tls_verify.ok || read.value.stash_tls_verify.value !== false;
}

async function show(
  context: Context,
  setup: Setup,
  { typed, problem }: { readonly typed: string | null; readonly problem: string | null },
): Promise<Response> {
  const draft = await setup.draft();
  if (!mayEnter(PATH, draft)) return context.redirect(nextStep(draft));
  const found = await findStash(USUAL_STASH_URLS, { ...setup.limits, tlsVerify: await checksTls(setup) });
  return showStep(context, setup.dashboard, { path: PATH, draft, problem, body: form(draft, found, typed) });
}

const form = (
  { stash }: SetupDraft,
  found: readonly FoundStash[],
  typed: string | null,
): Html => html`<h2>Where Stash is</h2>
${stash === null ? null : html`<p class="good">✓ Stash ${stash.version} with ${stash.scenes.toLocaleString('en')} scenes. <a href="/setup/files">Go on</a></p>`}
<form method="post" action="${PATH}" class="stack">
  <label for="stash_url">Address of Stash</label>
  <input id="stash_url" name="stash_url" list="found" required spellcheck="false" value="${typed ?? stash?.url ?? found[0]?.url ?? ''}" placeholder="http://127.0.0.1:9999" aria-describedby="stash-note" />
  <datalist id="found">${found.map(({ url }) => html`<option value="${url}"></option>`)}</datalist>
  <p class="quiet" id="stash-note">As seen from where PlexSync runs. ${
    found.length === 0
      ? 'None answers at the usual addresses.'
      : html`Found: ${found.map(({ url, isLocked }) => html`<code>${url}</code> ${isLocked ? '(asks for an API key) ' : ''}`)}`
  }</p>
  <label for="stash_api_key">API key</label>
  <input id="stash_api_key" name="stash_api_key" type="password" autocomplete="off" aria-describedby="key-note" />
  <p class="quiet" id="key-note">From Stash’s Settings &gt; Security; empty where Stash asks for no password.</p>
  <p><button class="primary">Use this Stash</button></p>
</form>`;
