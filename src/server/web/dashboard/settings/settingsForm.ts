import { html } from 'hono/html';
import { SETTING_GROUPS, type SettingGroup } from '../../../../core/settings/groups.ts';
import type { Resolution, Resolutions } from '../../../../core/settings/resolve.ts';
import type { SettingValue } from '../../../../core/settings/settingSchema.ts';
import { SETTINGS, type SettingFacts, type SettingKey } from '../../../../core/settings/table.ts';
import type { Html } from '../parts/html.ts';
import { withCode } from '../parts/withCode.ts';

export interface SettingsShown {
  readonly resolutions: Resolutions;
  /** What was typed and is not right; it is shown as it was typed. */
  readonly typed: URLSearchParams | null;
  /** Nothing can be changed here. */
  readonly isReadOnly: boolean;
}

/** In another folder everything begins anew, so that a page is no place to change it. */
const FIXED_HERE: ReadonlySet<SettingKey> = new Set(['data_dir', 'inbox_dir']);

export const CLEARED = 'clear.';

/** Whether the file decides, so that a page can change it. */
export const isChangeable = (key: SettingKey, { origin }: Resolution): boolean =>
  (origin.kind === 'default' || origin.kind === 'file') && !FIXED_HERE.has(key);

export const settingsForm = (
  shown: SettingsShown,
): Html => html`<nav aria-label="Groups of settings"><ul class="row links">${SETTING_GROUPS.map(
  ({ title }) => html`<li><a href="#${anchorOf(title)}">${title}</a></li>`,
)}</ul></nav>
<form method="post" action="/settings" class="settings">
  ${SETTING_GROUPS.map((group) => fieldset(group, shown))}
  ${shown.isReadOnly ? null : html`<p class="row sticky"><button class="primary">Save</button></p>`}
</form>`;

const fieldset = ({ title, keys }: SettingGroup, shown: SettingsShown): Html => html`<fieldset class="card">
  <legend><h2 id="${anchorOf(title)}">${title}</h2></legend>
  ${keys.map((key) => field(key, shown))}
</fieldset>`;

const anchorOf = (title: string): string => title.toLowerCase().replaceAll(' ', '-');

function field(key: SettingKey, { resolutions, typed, isReadOnly }: SettingsShown): Html {
  const facts: SettingFacts = SETTINGS[key];
  const resolution = resolutions[key];
  const isDisabled = isReadOnly || !isChangeable(key, resolution);
  const problem = resolution.ok ? null : resolution.problem;
  const value = typed?.get(key) ?? valueText(resolution);
  return html`<div class="setting" id="setting-${key}">
  <div class="row"><label for="${key}">${facts.label}</label> <code class="quiet">${key}</code></div>
  ${control(key, { facts, value, isDisabled, isWrong: problem !== null })}
  ${
    facts.kind === 'secret' && !isDisabled && resolution.ok && resolution.value !== '' && !facts.required
      ? html`<label class="check"><input type="checkbox" name="${CLEARED}${key}" /> Take it out</label>`
      : null
  }
  ${problem === null ? null : html`<p class="problem" id="${key}-problem">${problem}</p>`}
  <p class="quiet" id="${key}-note">${withCode(facts.words)}${facts.example === undefined ? null : html` For example <code>${facts.example}</code>.`}${originNote(key, resolution, isReadOnly)}</p>
</div>`;
}

interface Control {
  readonly facts: SettingFacts;
  readonly value: string;
  readonly isDisabled: boolean;
  readonly isWrong: boolean;
}

function control(key: SettingKey, { facts, value, isDisabled, isWrong }: Control): Html {
  const attributes = html`id="${key}" name="${key}" aria-describedby="${isWrong ? `${key}-problem ` : ''}${key}-note" ${
    isDisabled ? html`disabled` : null
  } ${isWrong ? html`aria-invalid="true"` : null}`;
  const choices = choicesOf(facts);
  if (choices !== null) {
    return html`<select ${attributes}>${choices.map(
      ([choice, words]) =>
        html`<option value="${choice}" ${choice === value ? html`selected` : null}>${words}</option>`,
    )}</select>`;
  }
  switch (facts.kind) {
    case 'secret':
      return html`<input ${attributes} type="password" autocomplete="off" placeholder="${value === '' ? '' : 'set; empty keeps it'}" />`;
    case 'list':
      return html`<textarea ${attributes} rows="${Math.max(2, value.split('\n').length)}" spellcheck="false" placeholder="One a line, or separated by commas">${value}</textarea>`;
    case 'number':
      return html`<input ${attributes} inputmode="numeric" value="${value}" placeholder="${facts.default}" />`;
    default:
      return html`<input ${attributes} value="${value}" spellcheck="false" placeholder="${'default' in facts ? facts.default : (facts.example ?? '')}" />`;
  }
}

/** The empty one leaves it to the default. */
function choicesOf(facts: SettingFacts): readonly (readonly [value: string, words: string])[] | null {
  if (facts.kind === 'boolean') {
    return [
      ['', `default (${facts.default ? 'on' : 'off'})`],
      ['true', 'on'],
      ['false', 'off'],
    ];
  }
  if (facts.kind !== 'choice') return null;
  return [['', `default (${facts.default})`], ...facts.choices.map((choice) => [choice, choice] as const)];
}

/** What the file says; nothing where it says nothing. A secret is never sent to a browser. */
export function valueText(resolution: Resolution): string {
  if (!resolution.ok || resolution.origin.kind === 'default') return '';
  return textOf(resolution.value);
}

const textOf = (value: SettingValue): string => (Array.isArray(value) ? value.join('\n') : String(value));

function originNote(
  key: SettingKey,
  { origin, ...resolution }: Resolution,
  isReadOnly: boolean,
): Html | null {
  if (origin.kind === 'default') return null;
  if (isReadOnly) {
    const isShown = resolution.ok && SETTINGS[key].kind !== 'secret';
    return isShown ? html` From ${origin.name}.` : null;
  }
  if (FIXED_HERE.has(key))
    return html` From ${origin.name}; it is changed there, while PlexSync does not run.`;
  return origin.kind === 'file'
    ? null
    : html` <strong>Set by ${origin.name}</strong>, which wins over what is saved here.`;
}
