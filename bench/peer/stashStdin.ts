import { inputFields, sceneUpdateInput } from '../../simulator/stash/hooks/hookInput.ts';
import { COOKIE_REST } from '../../simulator/stash/plugins/pluginRunner.ts';

export type StashArgs = Readonly<Record<string, unknown>>;

/** What Stash writes to a plugin's stdin, as recorded from a real one. */
export function stashStdin(stashUrl: string, args: StashArgs): string {
  const { hostname, port } = new URL(stashUrl);
  const cookie = { Name: 'session', Value: 'c2Vzc2lvbi1jb29raWU=', ...COOKIE_REST };
  return JSON.stringify({
    server_connection: {
      Scheme: 'http',
      Host: hostname,
      Port: Number(port),
      SessionCookie: cookie,
      Dir: '/root/.stash',
      PluginDir: '/root/.stash/plugins/plugin',
    },
    args,
  });
}

/** A person has saved a scene. */
export const sceneEdited = (scene: number): StashArgs => {
  const given = { details: 'hello', date: '2021-05-06', rating100: 80, tag_ids: ['1'] };
  const input = { id: String(scene), title: `Edited ${scene}`, ...given };
  return hook(scene, sceneUpdateInput(input), inputFields(input));
};

/** Of several scenes edited at once, one. */
export const sceneOfBulkEdit = (scene: number): StashArgs => {
  const input = { ids: [String(scene), String(scene + 1)], organized: true };
  return hook(scene, input, inputFields(input));
};

const hook = (id: number, input: unknown, fields: readonly string[]): StashArgs => ({
  hookContext: { id, type: 'Scene.Update.Post', input, inputFields: fields },
});
