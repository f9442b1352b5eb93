import { item } from '../../../../../test/fakes/commandLine.ts';
import { sceneId } from '../../../../core/ids.ts';
import type { PlannedItem, PlannedScene } from '../../../../engine/operations.ts';
import type { CandidateView, SceneView } from '../../../../engine/sceneView.ts';

export const candidate = (facts: Partial<CandidateView> = {}): CandidateView => ({
  item,
  title: 'Sea',
  library: 'Movies',
  path: '/copies/a.mp4',
  size: 1_000_000,
  durationMs: 60_000,
  words: 'same file name and size',
  mayBePinned: true,
  map: { from: '/data', to: '/copies', support: 0 },
  ...facts,
});

/** Of a scene that one item may be. */
export const sceneView = (id: string, facts: Partial<SceneView> = {}): SceneView => ({
  sceneId: sceneId(id),
  title: 'Harbour',
  files: [
    {
      path: '/data/a.mp4',
      basename: 'a.mp4',
      size: 1_000_000,
      durationMs: 60_000,
      oshash: null,
      isInZip: false,
    },
  ],
  links: [],
  hold: null,
  leftOut: null,
  job: null,
  candidates: [candidate()],
  expectedPaths: [],
  writes: [],
  ...facts,
});

export const plannedScene = (id: string, facts: Partial<PlannedScene> = {}): PlannedScene => ({
  sceneId: sceneId(id),
  title: 'Harbour',
  items: [],
  held: null,
  failure: null,
  leftOut: null,
  ...facts,
});

/** A title that is written, a studio that is the same. */
export const plannedItem = (id: string, facts: Partial<PlannedItem> = {}): PlannedItem => ({
  sceneId: sceneId(id),
  item,
  itemTitle: 'Sea',
  evidence: 'path',
  desiredHash: 'h',
  warnings: [],
  ours: { title: 'Harbour', studio: 'North Pier' },
  bases: { title: { value: 'Old harbour', intended: null, isLockOurs: true } },
  decisions: [
    {
      field: 'title',
      from: 'Old harbour',
      to: 'Harbour',
      wasLocked: true,
      reason: 'changed',
      edit: { kind: 'text', field: 'title', value: 'Harbour', lock: true },
      intended: 'Harbour',
    },
    {
      field: 'studio',
      from: 'North Pier',
      to: 'North Pier',
      wasLocked: false,
      reason: 'same',
      edit: null,
      intended: null,
    },
  ],
  images: [],
  ...facts,
});
