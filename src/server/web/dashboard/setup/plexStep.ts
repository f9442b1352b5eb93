import type { Context } from 'hono';
import { html } from 'hono/html';
import { adviceOf, type Failure } from '../../../../core/failure.ts';
import type { ListedServer } from '../../../../core/firstRun/plexServer.ts';
import { fail, type Result, succeed } from '../../../../core/result.ts';
import { createPlexTvClient } from '../../../../plex/plexTv/createPlexTvClient.ts';
import type { PlexTvClient } from '../../../../plex/plexTv/plexTvClient.ts';
import { outcomeWords, REACH_WORDS, serverHint, shortUrl } from '../../../../setup/serverWords.ts';
import { SIGN_IN_OVER } from '../../../../setup/signIn.ts';
import { identityAt, readLibraries, type TriedServer, tryServer } from '../../../../setup/tryPlex.ts';
import { formOf } from '../formOf.ts';
import type { Html } from '../parts/html.ts';
import type { DraftPlex, SetupDraft } from './setupDraft.ts';
import type { Setup } from './setupPages.ts';
import { showStep } from './setupSteps.ts';
import { textSetting } from './textSetting.ts';

const PATH = '/setup/plex';
/** As often as Plex's own pages look, and no oftener than a person sees. */
const LOOK_AGAIN_S = 2;

/** Sign-in at app.plex.tv, or a token; then which server, and at which of its addresses. */
export function addPlexStep(setup: Setup): void {
  const { app } = setup.dashboard;
  app.get(PATH, async (context) => {
    const draft = await setup.draft();
    const looked = await lookAtSignIn(setup, draft);
    return show(context, setup, looked.ok ? null : looked.failure);
  });
  app.post(`${PATH}/sign-in`, async (context) => {
    const draft = await setup.draft();
    const pin = await (await plexTvOf(setup)).createPin();
    if (!pin.ok) return show(context, setup, pin.failure);
    draft.pin = pin.value;
    draft.account = null;
    draft.servers = null;
    draft.plex = null;
    return context.redirect(PATH, 303);
  });
  app.post(`${PATH}/server`, async (context) => {
    const draft = await setup.draft();
    const url = (await formOf(context)).get('url') ?? '';
    const chosen = draft.servers?.find(({ addresses }) => addresses.some((address) => address.url === url));
    if (chosen === undefined) return context.redirect(PATH, 303);
    return connect(context, setup, { url, token: chosen.server.accessToken, listed: chosen.server });
  });
  app.post(`${PATH}/token`, async (context) => {
    const form = await formOf(context);
    const [url, token] = [textSetting('plex_url', form), textSetting('plex_token', form)];
    if (!url.ok || !token.ok) {
      const message = [url, token].flatMap((each) => (each.ok ? [] : [each.failure])).join(' ');
      return show(context, setup, { class: 'settings', message, advice: '' });
    }
    return connect(context, setup, { url: url.value, token: token.value, listed: null });
  });
}

async function plexTvOf({ plexAsking, place }: Setup): Promise<PlexTvClient> {
  const read = await place.read();
  const url = read.ok && read.value.plex_tv_url.ok ? String(read.value.plex_tv_url.value) : '';
  return createPlexTvClient({ ...(await plexAsking()), url });
}

async function lookAtSignIn(setup: Setup, draft: SetupDraft): Promise<Result<void>> {
  const plexTv = await plexTvOf(setup);
  if (draft.pin !== null) {
    const seen = await plexTv.lookAtPin(draft.pin);
    if (!seen.ok) return seen;
    if (seen.value.kind === 'waiting') return succeed(undefined);
    draft.pin = null;
    if (seen.value.kind === 'expired') return fail(SIGN_IN_OVER);
    draft.account = seen.value.token;
  }
  if (draft.account === null || draft.servers !== null) return succeed(undefined);
  const servers = await plexTv.servers(draft.account);
  if (!servers.ok) return servers;
  const asking = await setup.plexAsking();
  draft.servers = await Promise.all(servers.value.map((server) => tryServer(server, asking)));
  return draft.servers.length === 0 ? fail(NO_SERVER) : succeed(undefined);
}

const NO_SERVER: Failure = {
  class: 'settings',
  message: 'This account has no server.',
  advice: 'Sign in as its owner.',
};

async function connect(
  context: Context,
  setup: Setup,
  {
    url,
    token,
    listed,
  }: { readonly url: string; readonly token: string; readonly listed: ListedServer | null },
): Promise<Response> {
  const asking = await setup.plexAsking();
  const identity = await identityAt(url, asking);
  if (!identity.ok) return show(context, setup, identity.failure);
  const offers = await readLibraries({ url, token }, asking);
  if (!offers.ok) return show(context, setup, offers.failure);
  const draft = await setup.draft();
  draft.plex = {
    url,
    token,
    name: listed?.name ?? '',
    isOwned: listed?.isOwned ?? null,
    offers: offers.value,
  };
  draft.libraries = null;
  await forgetFiles(draft);
  return context.redirect('/setup/libraries', 303);
}

/** They were read from somewhere else. */
export async function forgetFiles(draft: SetupDraft): Promise<void> {
  await draft.files?.close();
  draft.files = null;
}

async function show(context: Context, setup: Setup, failure: Failure | null): Promise<Response> {
  const draft = await setup.draft();
  return showStep(context, setup.dashboard, {
    path: PATH,
    draft,
    problem: failure === null ? null : `${failure.message} ${adviceOf(failure)}`,
    ...(draft.pin === null || failure !== null ? {} : { refreshS: LOOK_AGAIN_S }),
    body: html`<h2>Which Plex server</h2>
${draft.plex === null ? null : connected(draft.plex)}
${draft.pin === null ? signIn(draft.servers) : waiting(draft.pin.link)}
${draft.servers === null ? null : serverForm(draft.servers)}
<details ${failure === null ? null : html`open`}><summary>By its address and a token</summary>${tokenForm}</details>`,
  });
}

const connected = ({
  name,
  url,
  isOwned,
}: DraftPlex): Html => html`<p class="good">✓ ${name} at <code>${shortUrl(url)}</code>. <a href="/setup/libraries">Go on</a></p>
${isOwned === false ? html`<p class="problem">The server is somebody else’s: Plex refuses every edit that is made with this token.</p>` : null}`;

const signIn = (
  servers: readonly TriedServer[] | null,
): Html => html`<form method="post" action="${PATH}/sign-in"><button class="${servers === null ? 'primary' : ''}">Sign in with Plex</button></form>
<p class="quiet">At app.plex.tv, by the owner of the server: nobody else may edit there. PlexSync asks plex.tv for nothing afterwards.</p>`;

const waiting = (
  link: string,
): Html => html`<p><a class="button primary" href="${link}" target="_blank" rel="noreferrer">Open app.plex.tv and sign in</a></p>
<p class="quiet" role="status">Waiting for you to sign in … this page goes on by itself.</p>`;

const serverForm = (
  servers: readonly TriedServer[],
): Html => html`<form method="post" action="${PATH}/server" class="stack">
  ${servers.map(
    ({
      server,
      addresses,
      best,
    }) => html`<fieldset class="choices"><legend>${server.name} <span class="quiet">(${serverHint({ server, addresses, best })})</span></legend>
  ${addresses.map(
    (address) =>
      html`<label class="check"><input type="radio" name="url" value="${address.url}" required ${
        address === best && server.isOwned ? html`checked` : null
      } ${address.outcome.kind === 'good' ? null : html`disabled`} /> <code>${shortUrl(address.url)}</code> <span class="quiet">${REACH_WORDS[address.reach]}, ${outcomeWords(address.outcome)}</span></label>`,
  )}</fieldset>`,
  )}
  <p><button class="primary">Use this server</button></p>
</form>`;

const tokenForm = html`<form method="post" action="${PATH}/token" class="stack">
  <label for="plex_url">Address of Plex</label>
  <input id="plex_url" name="plex_url" placeholder="http://127.0.0.1:32400" required spellcheck="false" />
  <label for="plex_token">Token of the server’s owner</label>
  <input id="plex_token" name="plex_token" type="password" autocomplete="off" required />
  <p><button>Use it</button></p>
</form>`;
