import { PLUGIN_ID } from '../pluginId.ts';
import { actButton, actsOutcome, useActs } from './act.ts';
import { ask } from './ask.ts';
import { h, use, useState } from './element.ts';
import { PAGE_PATH } from './page.ts';
import { pageLink } from './parts/sceneLink.ts';
import { settingInput } from './parts/settingInput.ts';
import { SignIn } from './parts/signIn.ts';
import { triedWords, tryConnection } from './parts/tryConnection.ts';
import { type Child, pluginApi } from './pluginApi.ts';
import { useAnswer } from './useAnswer.ts';
import { settingGroups, type Values, withTyped } from './views/settingFields.ts';

const SERVICE_WORDS =
  'A PlexSync service does the work for this Stash: its own settings hold, and those below do not. Change them there.';

/**
 * In place of Stash's own panel, which shows no defaults and takes anything. What is typed is saved on demand and all
 * at once; other keys of the map are kept, since saving replaces it whole (stash reference §1.5).
 */
export function SettingsPanel(): Child {
  const { plugins, savePluginSettings } = pluginApi().hooks.useSettings();
  const saved: Values = plugins[PLUGIN_ID] ?? {};
  /** Null: nothing was typed since it was saved. */
  const [typed, setTyped] = useState<Values | null>(null);
  const acts = useActs(() => undefined);
  const woken = useAnswer(() => ask('wake'));
  const values = typed ?? saved;
  const groups = settingGroups(values);
  const problems = groups.flatMap(({ fields }) => fields).filter(({ problem }) => problem !== null);
  const save = (): void => {
    savePluginSettings(PLUGIN_ID, values);
    setTyped(null);
  };
  return h(
    'div',
    { className: 'plexsync-settings' },
    woken.value?.isService === true ? h('p', { className: 'plexsync-problem' }, SERVICE_WORDS) : null,
    h('p', null, pageLink(PAGE_PATH, 'PlexSync’s page: state, dead letters, what was written')),
    ...groups.map(({ title, fields }, nth) =>
      h(
        'details',
        { key: title, open: nth === 0 || fields.some(({ problem }) => problem !== null) ? true : undefined },
        h('summary', null, title),
        nth === 0
          ? use(SignIn, {
              onChoose: ({ url, token }) =>
                setTyped((before) => ({ ...(before ?? saved), plex_url: url, plex_token: token })),
            })
          : null,
        ...fields.map((field) =>
          settingInput(field, (text) => setTyped((before) => withTyped(before ?? saved, field.key, text))),
        ),
        nth === 0
          ? h(
              'div',
              { className: 'plexsync-buttons' },
              actButton(acts, {
                name: 'try',
                label: 'Test the connection',
                onClick: () => acts.run('try', () => tryConnection(values), triedWords),
              }),
              actsOutcome(acts),
            )
          : null,
      ),
    ),
    h(
      'div',
      { className: 'plexsync-save' },
      h(
        'button',
        {
          type: 'button',
          className: 'btn btn-primary',
          disabled: typed === null || problems.length > 0,
          onClick: save,
        },
        'Save',
      ),
      typed === null
        ? null
        : h(
            'button',
            { type: 'button', className: 'btn btn-secondary', onClick: () => setTyped(null) },
            'Leave as it was',
          ),
      h(
        'span',
        { role: 'status' },
        problems.length > 0
          ? `To be corrected first: ${problems.map(({ label }) => label).join(', ')}`
          : typed === null
            ? ''
            : 'Not saved yet',
      ),
    ),
  );
}
