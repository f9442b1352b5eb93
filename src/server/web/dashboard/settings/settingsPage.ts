import type { Context } from 'hono';
import { html } from 'hono/html';
import type { Answers } from '../../../../core/firstRun/withAnswers.ts';
import type { Resolution, Resolutions } from '../../../../core/settings/resolve.ts';
import { SETTINGS, type SettingKey } from '../../../../core/settings/table.ts';
import { visibleText } from '../../../../core/visibleText.ts';
import type { SettingsInFile } from '../../../../setup/settingsPlace.ts';
import type { Dashboard } from '../dashboard.ts';
import { formOf } from '../formOf.ts';
import { setNotice } from '../notice.ts';
import type { Html } from '../parts/html.ts';
import { changedSettings } from './changedSettings.ts';
import { isChangeable, type SettingsShown, settingsForm } from './settingsForm.ts';

const PATH = '/settings';

export function addSettingsPage(dashboard: Dashboard): void {
  const { app, parts } = dashboard;
  const { settingsPlace: place } = parts;
  app.get(PATH, async (context) => {
    const read = await place.read();
    return read.ok
      ? showSettings(context, dashboard, {
          resolutions: read.value,
          typed: proposedIn(context),
          isRefused: false,
        })
      : dashboard.show(context, unreadable(read.failure), 422);
  });
  app.post(`${PATH}/test-notification`, (context) =>
    dashboard.act(context, PATH, async () => {
      const sent = await parts.operations.testNotification();
      return sent.ok
        ? { ok: true, value: 'Sent a notification for a test.' }
        : { ok: false, failure: sent.failure.message };
    }),
  );
  if (place.kind === 'file') app.post(PATH, (context) => save(context, dashboard, place));
}

const unreadable = (problem: string) => ({
  title: 'Settings',
  at: '/settings' as const,
  isLive: false,
  body: html`<p class="notice problem">${problem}</p>`,
});

/** What another page proposes; of any other setting a link from elsewhere could propose what harms. */
const PROPOSED: SettingKey = 'path_map';

function proposedIn(context: Context): URLSearchParams | null {
  const value = context.req.query(PROPOSED) ?? '';
  return value === '' ? null : new URLSearchParams({ [PROPOSED]: value });
}

interface Showing extends Pick<SettingsShown, 'resolutions' | 'typed'> {
  /** What was typed is not right; else it is only proposed. */
  readonly isRefused: boolean;
}

function showSettings(
  context: Context,
  { show, parts }: Dashboard,
  { resolutions, typed, isRefused }: Showing,
): Promise<Response> {
  const { settingsPlace: place } = parts;
  const isReadOnly = place.kind === 'stash';
  const canSave = !isReadOnly && isChangeable(PROPOSED, resolutions[PROPOSED]);
  return show(
    context,
    {
      title: 'Settings',
      at: '/settings',
      isLive: false,
      body: html`${introduction(place.kind === 'file' ? place.path : null)}
${isRefused ? html`<p class="notice problem" role="alert">Nothing was saved: see what is marked below.</p>` : proposalNote(typed, canSave, resolutions[PROPOSED])}
${settingsForm({ resolutions, typed: isRefused || canSave ? typed : null, isReadOnly })}
${isSet(resolutions, 'notify_url') ? testNotificationForm : null}`,
    },
    isRefused ? 422 : 200,
  );
}

function proposalNote(typed: URLSearchParams | null, canSave: boolean, { origin }: Resolution): Html | null {
  const value = typed?.get(PROPOSED) ?? null;
  if (value === null) return null;
  const { label } = SETTINGS[PROPOSED];
  return canSave
    ? html`<p class="notice doubtful" role="status">Filled in: <a href="#${PROPOSED}">${label}</a>. Nothing is saved before you press Save.</p>`
    : html`<p class="notice doubtful" role="status">${label} cannot be changed here. Where it is set (${
        origin.kind === 'default' ? 'Stash' : origin.name
      }), set it to <code>${visibleText(value.replaceAll('\n', ', '))}</code></p>`;
}

const isSet = (resolutions: Resolutions, key: SettingKey): boolean => {
  const resolution = resolutions[key];
  return resolution.ok && resolution.value !== '';
};

const testNotificationForm = html`<form method="post" action="/settings/test-notification" class="card row">
  <button>Send a notification for a test</button>
</form>`;

const introduction = (file: string | null): Html =>
  file === null
    ? html`<p>PlexSync runs as a plugin: its settings are changed in Stash, Settings &gt; Plugins &gt; PlexSync. <a href="/doctor">Check everything</a></p>`
    : html`<p>Kept in <code>${file}</code>. An empty field means the default. <a href="/doctor">Check everything</a> · <a href="/setup">Sign in with Plex, and go through the set-up again</a></p>`;

async function save(context: Context, dashboard: Dashboard, place: SettingsInFile): Promise<Response> {
  const form = await formOf(context);
  const before = await place.read();
  if (!before.ok) return dashboard.show(context, unreadable(before.failure), 422);
  const typed = changedSettings(form, before.value);
  const keys = Object.keys(typed) as readonly SettingKey[];
  if (keys.length === 0) {
    return dashboard.act(context, PATH, () => Promise.resolve({ ok: true, value: 'Nothing was changed.' }));
  }
  const after = await place.read(typed);
  if (!after.ok) return dashboard.show(context, unreadable(after.failure), 422);
  if (keys.some((key) => !after.value[key].ok)) {
    return showSettings(context, dashboard, { resolutions: after.value, typed: form, isRefused: true });
  }
  const saved = await place.save(asStored(typed, after.value));
  if (!saved.ok) return dashboard.act(context, PATH, () => Promise.resolve(saved));
  place.goOnWithSaved();
  const names = keys.map((key) => SETTINGS[key].label).join(', ');
  return goOn(context, `Saved: ${names}. PlexSync goes on with it.`, movedTo(keys, after.value));
}

/** As the schema reads it, so that the file has numbers and lists where people typed texts. */
const asStored = (typed: Answers, after: Resolutions): Answers =>
  Object.fromEntries(
    Object.entries(typed).map(([key, answer]) => {
      const resolution = after[key as SettingKey];
      return [key, answer === null || !resolution.ok ? null : resolution.value];
    }),
  );

/** Where the pages are from now on; null: where they were. */
function movedTo(
  keys: readonly SettingKey[],
  { http_port: port, http_bind: bind }: Resolutions,
): string | null {
  if (!keys.includes('http_port') && !keys.includes('http_bind')) return null;
  return port.ok && bind.ok ? `${String(bind.value)}, port ${String(port.value)}` : null;
}

function goOn(context: Context, words: string, moved: string | null): Response | Promise<Response> {
  if (moved !== null) return context.text(`${words} From now on this dashboard is at ${moved}.\n`);
  setNotice(context, { kind: 'done', text: words });
  return context.redirect(PATH, 303);
}
