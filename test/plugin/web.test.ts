import { expect, test } from 'vitest';
import { eventually } from '../processes/eventually.ts';
import { freePort } from '../processes/freePort.ts';
import { openPluginWorld } from './pluginWorld.ts';

const TOKEN = 'plugin-scrape-0ddba11';

test('the plugin opens a port when its settings name one, counts over it, and closes it when they do not', async () => {
  const world = await openPluginWorld();
  const port = await freePort();
  await world.setUp({ http_port: port, http_token: TOKEN });
  const get = (path: string) =>
    fetch(`http://127.0.0.1:${port}${path}`, { headers: { authorization: `Bearer ${TOKEN}` } });
  await eventually(async () => expect((await get('/healthz')).status).toBe(200));
  await world.mutate('sceneUpdate(input: { id: 2, title: "Counted" }) { id }');
  await world.arrives(2, 'Counted');
  await eventually(async () =>
    expect(await (await get('/metrics')).text()).toMatch(/plexsync_writes_total\{field="title"\} \d/),
  );

  await world.setUp({ http_port: 0 });
  await eventually(() => expect(get('/healthz')).rejects.toThrow('fetch failed'));
  expect(world.log()).not.toContain(TOKEN);
});
