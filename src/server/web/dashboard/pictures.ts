import type { Context } from 'hono';
import type { SceneId } from '../../../core/ids.ts';
import { isStashId, ratingKey, sceneId, sectionUuid } from '../../../core/ids.ts';
import type { ItemKey } from '../../../core/item.ts';
import type { Result } from '../../../core/result.ts';
import type { Picture } from '../../../engine/pictures.ts';
import type { Dashboard } from './dashboard.ts';

export const posterPath = ({ section, ratingKey: key }: ItemKey): string =>
  `/images/item/${encodeURIComponent(section)}/${key}`;

export const coverPath = (id: SceneId): string => `/images/scene/${id}`;

/** Browsers show it whatever the status says, in place of a torn sheet. */
const NO_PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>';
const DRAWING = 'image/svg+xml';

/**
 * A page takes pictures from here alone, and browsers get neither the addresses of the servers nor what opens them.
 * A few minutes are kept by the browser: a page that is live would ask for them again and again.
 */
export function addPictures({ app, parts: { pictures, logger } }: Dashboard): void {
  const answer = async (context: Context, asked: Promise<Result<Picture | null>>): Promise<Response> => {
    const picture = await asked;
    if (!picture.ok) {
      logger.debug({ class: picture.failure.class, reason: picture.failure.message }, 'no picture');
      return context.body(NO_PICTURE, 503, { 'content-type': DRAWING });
    }
    if (picture.value === null) {
      return context.body(NO_PICTURE, 404, {
        'content-type': DRAWING,
        'cache-control': 'private, max-age=60',
      });
    }
    const { bytes, type } = picture.value;
    return context.body(Uint8Array.from(bytes), 200, {
      'content-type': type,
      'cache-control': 'private, max-age=300',
    });
  };
  app.get('/images/item/:section/:key{[0-9]+}', (context) => {
    const { section, key } = context.req.param();
    return answer(context, pictures.ofItem({ section: sectionUuid(section), ratingKey: ratingKey(key) }));
  });
  app.get('/images/scene/:id', (context) => {
    const { id } = context.req.param();
    return isStashId(id) ? answer(context, pictures.ofScene(sceneId(id))) : context.notFound();
  });
}
