import { html } from 'hono/html';
import type { SceneId } from '../../../../core/ids.ts';
import { type Subject, subjectName } from '../../../../core/scene.ts';
import type { Html } from './html.ts';

export const sceneLink = (id: SceneId): Html => html`<a href="/scenes/${id}">scene ${id}</a>`;

/** Of what is no scene there is no page. */
export const subjectMark = (subject: Subject): Html | string =>
  subject.kind === 'scene' ? sceneLink(subject.id) : subjectName(subject);
