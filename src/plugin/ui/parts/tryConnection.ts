import type { Result } from '../../../core/result.ts';
import type { TriedPlex } from '../../../setup/setupSteps.ts';
import { ask } from '../ask.ts';
import { settingGroups, type Values } from '../views/settingFields.ts';

const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : null;

/** With what is typed, saved or not; what is not typed may stand in the environment of Stash. */
export function tryConnection(values: Values): Promise<Result<TriedPlex, string>> {
  const verify = settingGroups(values)
    .flatMap(({ fields }) => fields)
    .find(({ key }) => key === 'plex_tls_verify');
  const isSet = verify?.isSet === true && verify.control.kind === 'switch';
  return ask('tryPlex', {
    url: textOf(values['plex_url']),
    token: textOf(values['plex_token']),
    tlsVerify: isSet && verify.control.kind === 'switch' ? verify.control.isOn : null,
  });
}

export function triedWords({ version, isOwner, libraries }: TriedPlex): string {
  const owner = isOwner === false ? ' The token is not the owner’s: Plex will refuse every edit.' : '';
  const names = libraries.offered.map(({ title }) => title).join(', ');
  const found = names === '' ? ' It has no library of the type movie.' : ` Libraries: ${names}.`;
  return `Plex ${version} answers and takes the token.${owner}${found}`;
}
