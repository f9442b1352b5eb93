import type { FieldName } from '../../field.ts';
import { sceneId } from '../../ids.ts';
import type { Item } from '../../item.ts';
import type { MergeSettings } from '../arrival.ts';
import { type BaseByField, type Desired, editsOf, type ItemPlan } from '../plan.ts';
import { planItem } from '../planItem.ts';
import { type Proof, proveItem } from '../proof.ts';
import { applyEdits, type TagWrite } from './plexModel.ts';
import { SAMPLE_KEY } from './samples.ts';

/** One scene, its item and what PlexSync remembers: what the engine works on, without the engine. */
export interface World {
  readonly desired: Desired;
  /** What Plex holds. */
  readonly held: Item;
  /** What Plex shows: its lists may lag behind. */
  readonly shown: Item;
  readonly bases: BaseByField;
}

export interface LookOptions {
  readonly settings: MergeSettings;
  readonly tagWrite: TagWrite;
  /**
   * `late`: soon after a write, Plex shows lists as they were. `soon`: all is shown, and more may have been
   * on its way. `settled`: all is shown, and there was time enough.
   */
  readonly sight: 'late' | 'soon' | 'settled';
  /** The process dies between writing down what it sends and sending it. */
  readonly isEditLost?: boolean;
}

export interface Looked {
  readonly world: World;
  readonly plan: ItemPlan;
  readonly proof: Proof;
}

/** Read, prove, plan, note what will be sent, send. */
export function look(world: World, { settings, tagWrite, sight, isEditLost = false }: LookOptions): Looked {
  const { actors, directors, genres, collections, labels } = world.shown;
  const late = { actors, directors, genres, collections, labels };
  const item = sight === 'late' ? { ...world.held, ...late } : world.held;
  const { desired } = world;
  const proof = proveItem({ item, desired, bases: world.bases, settings, isWaitOver: sight === 'settled' });
  const plan = planItem({
    sceneId: sceneId('42'),
    itemKey: SAMPLE_KEY,
    desired: { desired, warnings: [] },
    hash: '',
    item,
    bases: proof.bases,
    settings,
    isAwaiting: sight !== 'settled',
  });
  const held = isEditLost ? world.held : applyEdits(world.held, editsOf(plan), tagWrite);
  return { world: { desired, held, shown: item, bases: intend(proof.bases, plan) }, plan, proof };
}

function intend(bases: BaseByField, plan: ItemPlan): BaseByField {
  const after: Partial<Record<FieldName, BaseByField[FieldName]>> = { ...bases };
  for (const { field, edit, intended, wasLocked } of plan.decisions) {
    if (edit === null) continue;
    const before = bases[field] ?? { value: null, isLockOurs: false };
    after[field] = {
      value: before.value,
      intended,
      isLockOurs: edit.lock && (before.isLockOurs || !wasLocked),
    };
  }
  return after as BaseByField;
}
