import { describe } from 'vitest';
import { describeClaiming } from './conformance/claiming.ts';
import { describeClearing } from './conformance/clearing.ts';
import { describeComparison } from './conformance/comparison.ts';
import { describeDeadLetters } from './conformance/deadLetters.ts';
import { describeDestroyedScenes } from './conformance/destroyedScenes.ts';
import { describeEnqueueing } from './conformance/enqueueing.ts';
import { describeExamining } from './conformance/examining.ts';
import { describeFileIndex } from './conformance/fileIndex.ts';
import { describeImages } from './conformance/images.ts';
import { describeJournal } from './conformance/journal.ts';
import { describeLinks } from './conformance/links.ts';
import { describeMeta } from './conformance/meta.ts';
import { describeQueueLists } from './conformance/queueLists.ts';
import { describeQueueModel } from './conformance/queueModel.ts';
import { describeSceneMemory } from './conformance/sceneMemory.ts';
import { describeSettling } from './conformance/settling.ts';
import { type StoreBackend, storeRunner } from './conformance/storeRunner.ts';
import { describeUndos } from './conformance/undos.ts';
import { describeWaking } from './conformance/waking.ts';

/** What port.ts promises, sentence by sentence. Every store has to pass. */
export function storeConformance(name: string, backend: StoreBackend): void {
  const withStore = storeRunner(backend);
  describe(`the store on ${name}`, () => {
    describeEnqueueing(withStore);
    describeClaiming(withStore);
    describeSettling(withStore);
    describeWaking(withStore);
    describeDeadLetters(withStore);
    describeClearing(withStore);
    describeQueueLists(withStore);
    describeQueueModel(withStore);
    describeLinks(withStore);
    describeJournal(withStore);
    describeImages(withStore);
    describeFileIndex(withStore);
    describeSceneMemory(withStore);
    describeComparison(withStore);
    describeDestroyedScenes(withStore);
    describeUndos(withStore);
    describeMeta(withStore);
    describeExamining(withStore);
  });
}
