import type { Stage } from './stage.ts';
import type { Telling } from './telling.ts';

/** What Plex must hold at the end, by file: kept by the demo itself, from the edits it made. */
export type Expected = Map<string, ExpectedItem>;

export interface ExpectedItem {
  readonly title?: string;
  readonly studio?: string;
  readonly summary?: string;
  readonly genres?: readonly string[];
  readonly actors?: readonly string[];
}

export interface Act {
  readonly stage: Stage;
  readonly tell: Telling;
  readonly expected: Expected;
}

export const ACTS = [editOne, editMany, renameATag, plexIsDown, crash, ambiguous] as const;

const plexPath = ({ stage }: Act, scene: number): string => stage.samples[scene - 1]?.plexPath ?? '';

const itemOf = (act: Act, scene: number) => {
  const [key] = act.stage.plex.library.ratingKeys({ path: plexPath(act, scene) });
  return key === undefined ? null : act.stage.plex.library.read(key);
};

const expect = (act: Act, scene: number, item: ExpectedItem): void => {
  const file = plexPath(act, scene);
  act.expected.set(file, { ...act.expected.get(file), ...item });
};

async function editOne(act: Act): Promise<void> {
  const { stage, tell } = act;
  tell.act('A person edits one scene in Stash');
  await stage.mutate('tagCreate(input: {name: "Evening light"}) { id }');
  const tag = stage.stash.library.tags.all().find(({ name }) => name === 'Evening light');
  await stage.mutate(
    `sceneUpdate(input: {id: 1, title: "The long way home", details: "One.\\n\\nTwo.", date: "2024-05", tag_ids: [${tag?.id}]}) { id }`,
  );
  await tell.see('title, details, date and tag show in Plex', () => {
    const item = itemOf(act, 1);
    return (
      item?.fields.title === 'The long way home' &&
      item.fields.summary === 'One.\n\nTwo.' &&
      item.fields.originallyAvailableAt === '2024-05-01' &&
      item.tags.genre.join() === 'Evening light'
    );
  });
  expect(act, 1, { title: 'The long way home', summary: 'One.\n\nTwo.', genres: ['Evening light'] });
  await stage.mutate('sceneUpdate(input: {id: 1, tag_ids: []}) { id }');
  await tell.see('the tag is taken away again', () => itemOf(act, 1)?.tags.genre.length === 0);
  expect(act, 1, { genres: [] });
}

async function editMany(act: Act): Promise<void> {
  const { stage, tell } = act;
  tell.act('…and thirty at once, with one hook process for each');
  const scenes = Array.from({ length: 30 }, (_, index) => index + 2);
  await stage.mutate(`bulkSceneUpdate(input: {ids: [${scenes.join()}], details: "Edited in bulk"}) { id }`);
  await tell.see('all thirty show it', () =>
    scenes.every((scene) => itemOf(act, scene)?.fields.summary === 'Edited in bulk'),
  );
  for (const scene of scenes) expect(act, scene, { summary: 'Edited in bulk' });
  const { edits, details } = stage.plex.log.counts();
  tell.note(`Plex was asked for ${edits} edits and ${details} reads so far.`);
}

async function renameATag(act: Act): Promise<void> {
  const { stage, tell } = act;
  tell.act('A performer is renamed');
  const scene = stage.stash.library.scenes.all().find(({ performerIds }) => performerIds.length > 0);
  if (scene === undefined) throw new Error('the sample library has no performer');
  // The scene must be known before, so that the rename replaces the old name and does not only add one.
  await stage.mutate(`sceneUpdate(input: {id: ${scene.id}, details: "Known"}) { id }`);
  await tell.see(
    'its scene is in Plex with the old name',
    () => itemOf(act, scene.id)?.fields.summary === 'Known',
  );
  const [performer] = scene.performerIds;
  await stage.mutate(`performerUpdate(input: {id: ${performer}, name: "Somebody Else"}) { id }`);
  const actors = scene.performerIds.map((id) => stage.stash.library.performers.get(id)?.name ?? '');
  await tell.see('the item shows the new name and not the old one', () => {
    const found = itemOf(act, scene.id)?.actors.map(({ name }) => name) ?? [];
    return found.toSorted().join() === actors.toSorted().join();
  });
  expect(act, scene.id, { summary: 'Known', actors });
}

async function plexIsDown(act: Act): Promise<void> {
  const { stage, tell } = act;
  tell.act('Plex goes down; people keep editing');
  await stage.plex.goDown();
  const scenes = [3, 4, 5];
  for (const scene of scenes) {
    await stage.mutate(
      `sceneUpdate(input: {id: ${scene}, title: "Edited while Plex was away ${scene}"}) { id }`,
    );
    expect(act, scene, { title: `Edited while Plex was away ${scene}` });
  }
  await tell.see('the breaker for Plex opens and the jobs are kept', async () => {
    const status = (await stage.plexsync('status')) as {
      readonly breakers: { readonly plex: { readonly state: string } };
      readonly queue: { readonly pending: number; readonly dead: number };
    };
    return status.breakers.plex.state === 'open' && status.queue.pending >= 3 && status.queue.dead === 0;
  });
  await stage.plex.comeBack();
  await tell.see('Plex is back, and all of it arrives by itself', () =>
    scenes.every((scene) => itemOf(act, scene)?.fields.title === `Edited while Plex was away ${scene}`),
  );
}

async function crash(act: Act): Promise<void> {
  const { stage, tell } = act;
  tell.act('PlexSync is killed in the middle of its work');
  const scenes = Array.from({ length: 20 }, (_, index) => index + 10);
  await stage.mutate(`bulkSceneUpdate(input: {ids: [${scenes.join()}], details: "Before the crash"}) { id }`);
  await stage.killDaemon();
  await stage.mutate('sceneUpdate(input: {id: 6, title: "Edited while nothing ran"}) { id }');
  await stage.startDaemon();
  await tell.see('after the restart every edit is in Plex', () => {
    const isThere = scenes.every((scene) => itemOf(act, scene)?.fields.summary === 'Before the crash');
    return isThere && itemOf(act, 6)?.fields.title === 'Edited while nothing ran';
  });
  for (const scene of scenes) expect(act, scene, { summary: 'Before the crash' });
  expect(act, 6, { title: 'Edited while nothing ran' });
}

async function ambiguous(act: Act): Promise<void> {
  const { stage, tell, expected } = act;
  tell.act('A file that Plex has twice, in folders that say nothing');
  const file = { size: 123_456_789, durationMs: 600_000 };
  const [section] = stage.plex.library.sections();
  if (section === undefined) throw new Error('Plex has no library');
  const copies = ['/copies/one/twin.mp4', '/copies/two/twin.mp4'].map((path) =>
    stage.plex.library.addItem(section.key, { files: [{ path, ...file }] }),
  );
  const scene = stage.stash.library.addScene({ title: 'Twin', files: [{ path: '/data/twin.mp4', ...file }] });
  await stage.mutate(`sceneUpdate(input: {id: ${scene.id}, title: "Which of the two?"}) { id }`);
  await tell.see('nothing is written, and a dead letter names both candidates', async () => {
    const dead = (await stage.plexsync('dead')) as readonly DeadLetter[];
    return dead.some(({ failure }) => failure.class === 'ambiguous' && failure.candidates?.length === 2);
  });
  const isUntouched = (key: string): boolean => stage.plex.library.read(key)?.fields.title === 'twin';
  await tell.see('both copies are as they were', () => copies.every(isUntouched));
  stage.plex.library.removeItem(copies[1] ?? '');
  await tell.see('one copy is removed from Plex, the dead letter retried, and the edit arrives', async () => {
    await stage.plexsync('retry', '--all');
    return stage.plex.library.read(copies[0] ?? '')?.fields.title === 'Which of the two?';
  });
  expected.set('/copies/one/twin.mp4', { title: 'Which of the two?' });
}

interface DeadLetter {
  readonly failure: { readonly class: string; readonly candidates?: readonly unknown[] };
}
