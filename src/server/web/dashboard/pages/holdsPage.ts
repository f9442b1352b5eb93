import { html } from 'hono/html';
import { HELD_BY, type Hold } from '../../../../core/hold.ts';
import { isStashId, sceneId } from '../../../../core/ids.ts';
import { counted } from '../../../../core/quantityInWords.ts';
import { succeed } from '../../../../core/result.ts';
import { visibleText } from '../../../../core/visibleText.ts';
import { NONE_HELD, releasedWords } from '../../../../core/words/holdWords.ts';
import type { Holds, ReleaseRequest } from '../../../../engine/holdOperations.ts';
import type { Dashboard } from '../dashboard.ts';
import { formOf } from '../formOf.ts';
import { confirmForm } from '../parts/confirmForm.ts';
import type { Html } from '../parts/html.ts';
import { pageAddress } from '../parts/pageAddress.ts';
import { postButton } from '../parts/postButton.ts';
import { type RowColumn, rowTable } from '../parts/rowTable.ts';
import { sceneLink } from '../parts/sceneLink.ts';
import { agoMark } from '../parts/timeMark.ts';
import { shownLimit } from '../shownLimit.ts';

const PATH = '/holds';
const LIMIT = { usual: 50, most: 1_000 };

export function addHoldsPage({ app, parts: { operations, now }, show, act }: Dashboard): void {
  app.get(PATH, async (context) => {
    const limit = shownLimit(context.req.query('limit'), LIMIT);
    const holds = await operations.holds({ limit });
    return show(context, {
      title: 'Held scenes',
      at: '/scenes',
      isLive: true,
      body: view(holds, limit, now()),
    });
  });
  app.get(`${PATH}/release`, async (context) => {
    const { count } = await operations.holds({ limit: 1 });
    const body = html`<section class="card stack">
  <p>${counted(count, 'scene')} would be looked at at once, and what differs written. What of an undo is still to be done for them is dropped.</p>
  ${confirmForm({ action: `${PATH}/release`, fields: { all: 'yes' }, yes: 'Release all', back: PATH })}
</section>`;
    return show(context, { title: 'Release all held scenes', at: '/scenes', isLive: false, body });
  });
  app.post(`${PATH}/release`, async (context) => {
    const request = releaseRequest(await formOf(context));
    if (request === null) {
      const body = html`<p>Say which scene. <a href="${PATH}">Held scenes</a></p>`;
      return show(context, { title: 'Held scenes', at: '/scenes', isLive: false, body }, 422);
    }
    return act(context, PATH, async () => {
      const { released } = await operations.release(request);
      return succeed(released.length === 0 ? NONE_HELD : `${releasedWords(released.length)}.`);
    });
  });
}

function releaseRequest(form: URLSearchParams): ReleaseRequest | null {
  if (form.get('all') === 'yes') return { kind: 'all' };
  const scene = form.get('scene') ?? '';
  return isStashId(scene) ? { kind: 'scenes', scenes: [sceneId(scene)] } : null;
}

function view({ count, holds }: Holds, limit: number, now: number): Html {
  if (count === 0) return html`<p>No scene is held. A scene is held by its own page, or by an undo.</p>`;
  return html`<p>Nothing is written for ${count === 1 ? 'this scene' : `these ${count} scenes`} until they are released.</p>
<p><a class="button" href="${PATH}/release">Release all …</a></p>
<section class="card">${rowTable(holds, columnsAt(now), 'Newest first.')}
${
  count <= holds.length
    ? null
    : html`<p>… and ${count - holds.length} more. <a href="${pageAddress(PATH, { limit: Math.min(LIMIT.most, limit * 5) })}">Show more</a></p>`
}</section>`;
}

const columnsAt = (now: number): readonly RowColumn<Hold>[] => [
  { title: 'Scene', value: (hold) => sceneLink(hold.sceneId), isShort: true },
  { title: 'Held', value: ({ at }) => agoMark(at, now), isShort: true },
  { title: 'By', value: ({ by }) => HELD_BY[by], isShort: true },
  {
    title: 'Passed over',
    value: ({ passedOverAt }) => (passedOverAt === null ? 'never' : agoMark(passedOverAt, now)),
    isShort: true,
  },
  { title: 'Why', value: ({ reason }) => visibleText(reason) },
  {
    title: '',
    value: (hold) =>
      postButton({
        action: `${PATH}/release`,
        words: 'Release',
        about: `scene ${hold.sceneId}`,
        fields: { scene: hold.sceneId },
      }),
  },
];
