import { entityId, isStashId, sceneId } from './ids.ts';
import { ENTITY_KINDS, type Subject, sceneSubject } from './scene.ts';

/** What a person names: `42` is a scene; others are named as in `tag:7`. Null: nothing that could be meant. */
export function subjectNamed(text: string): Subject | null {
  const [, name, id = ''] = /^(?:([a-z]+):)?(\d+)$/.exec(text) ?? [];
  if (!isStashId(id)) return null;
  if (name === undefined || name === 'scene') return sceneSubject(sceneId(id));
  const kind = ENTITY_KINDS.find((each) => each === name);
  return kind === undefined ? null : { kind, id: entityId(id) };
}

/** As {@link subjectNamed} reads it. Null: it can be named by its class of failure alone. */
export function nameOfSubject(subject: Subject): string | null {
  if (subject.kind === 'library') return null;
  return subject.kind === 'scene' ? subject.id : `${subject.kind}:${subject.id}`;
}
