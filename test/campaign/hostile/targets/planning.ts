import { sectionKey } from '../../../../src/core/ids.ts';
import { editsOf } from '../../../../src/core/planning/plan.ts';
import { planItem } from '../../../../src/core/planning/planItem.ts';
import { DEFAULT_SETTINGS } from '../../../../src/core/planning/testing/samples.ts';
import { desiredWithHash, mergeSettingsOf } from '../../../../src/engine/desiredWithHash.ts';
import { decodeItem } from '../../../../src/plex/decodeItem.ts';
import { editQueries, editTarget, ratingQueries } from '../../../../src/plex/editRequest.ts';
import { decodeScene } from '../../../../src/stash/decodeScene.ts';
import { demand, jsonBytes, jsonOf, pureTarget, type Target } from '../target.ts';
import { RAW_ITEM } from './plexAnswers.ts';
import { RAW_SCENE } from './stashAnswers.ts';

const settings = {
  ...DEFAULT_SETTINGS,
  title_template: '{studio} – {title} ({year}) {performers}',
  performer_photo: 'https://photos.example.org/{performer}/{id}.jpg',
};

/** Nothing but these may stand in an edit: no other item, no other host, no raw text. */
const PARAMETER = /^[A-Za-z0-9%.\-_~]+=[A-Za-z0-9%.\-_~]*$/;

/** A scene and an item of any sort become edits of that item alone. */
const plan = pureTarget(
  'scene and item to edits',
  [jsonBytes({ scene: RAW_SCENE, item: RAW_ITEM })],
  (input) => {
    const both = jsonOf(input);
    if (typeof both !== 'object' || both === null) return;
    const { scene: rawScene, item: rawItem } = both as { scene?: unknown; item?: unknown };
    const scene = decodeScene(rawScene);
    const item = decodeItem(rawItem, {});
    if (!scene.ok || !item.ok) return;
    const { desired, hash } = desiredWithHash(scene.value, { settings, tagsBelow: null, maxEncoded: 2_000 });
    const { ratingKey } = item.value;
    const target = editTarget(sectionKey('1'), ratingKey);
    const planned = planItem({
      sceneId: scene.value.id,
      itemKey: { section: item.value.section ?? ('' as never), ratingKey },
      desired,
      hash,
      item: item.value,
      bases: {},
      settings: mergeSettingsOf(settings),
      isAwaiting: false,
    });
    for (const query of [
      ...editQueries(target, editsOf(planned)),
      ...ratingQueries(target, editsOf(planned)),
    ]) {
      const parameters = query.split('&');
      demand(
        parameters.every((each) => PARAMETER.test(each)),
        'a query is encoded whole',
      );
      const ids = parameters.filter((each) => /^(?:id|key)=/.test(each));
      demand(ids.length === 1 && ids[0]?.endsWith(`=${ratingKey}`) === true, 'an edit is about its own item');
      demand(!/apikey|%2Fscene%2F\d+%2Fscreenshot/i.test(query), 'Plex gets no address of Stash');
    }
  },
);

export const PLANNING_TARGETS: readonly Target[] = [plan];
