import { isStashId, type SceneId, sceneId } from './ids.ts';

/** The scene that a person means who types its id, or pastes the address of its page in Stash; null: neither. */
export function sceneIdIn(text: string): SceneId | null {
  const [, id] =
    /^#?(\d+)$/.exec(text) ?? /^(?:https?:\/\/\S*)?\/scenes\/(\d+)(?:[/?#]\S*)?$/i.exec(text) ?? [];
  return id !== undefined && isStashId(id) ? sceneId(id) : null;
}

/** Whether nothing but that scene can be meant: an address is no title, and a number may be one. */
export const isSceneAddress = (text: string): boolean => text.includes('/') && sceneIdIn(text) !== null;
