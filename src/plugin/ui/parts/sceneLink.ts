import type { SceneId } from '../../../core/ids.ts';
import { h } from '../element.ts';
import { type Child, pluginApi } from '../pluginApi.ts';

/** Within Stash's pages, without loading them anew. */
export const sceneLink = (scene: SceneId, words: string): Child =>
  h(pluginApi().libraries.ReactRouterDOM.Link, { to: `/scenes/${scene}` }, words);

export const pageLink = (to: string, words: string): Child =>
  h(pluginApi().libraries.ReactRouterDOM.Link, { to }, words);
