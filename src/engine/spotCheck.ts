import { isFailure } from '../core/failure.ts';
import { type Result, succeed } from '../core/result.ts';
import type { MatchParts } from './judge.ts';
import type { CheckedLink, LinkChecks } from './linkChecks.ts';
import { matchScenes } from './match.ts';
import type { SafetyStop } from './safetyStop.ts';

const LINKS_LOOKED_AT = 40;

export interface SpotCheckParts extends MatchParts {
  readonly random: () => number;
  readonly linkChecks: LinkChecks;
  readonly stop: SafetyStop;
}

/**
 * Before the first write: do the links of last time still hold? Where a person has said that broken ones
 * are as they should be, those are dropped, sample by sample, until none is met; what we wrote there stays
 * noted, should the item come back.
 *
 * @returns false when everything must stop.
 */
export async function spotCheck(parts: SpotCheckParts): Promise<Result<boolean>> {
  for (;;) {
    const checks = await checkSome(parts);
    if (!checks.ok) return checks;
    if (!(await parts.stop.areBrokenLinksAccepted())) {
      return succeed(!(await parts.linkChecks.note(checks.value)));
    }
    const broken = checks.value.filter(({ hasFailed }) => hasFailed).map(({ link }) => link);
    await parts.store.links.drop(broken, { withBase: false });
    if (broken.length === 0) await parts.stop.endLinkAcceptance();
  }
}

async function checkSome(parts: SpotCheckParts): Promise<Result<readonly CheckedLink[]>> {
  const { store, stash, random } = parts;
  const links = await store.links.sample(LINKS_LOOKED_AT, random());
  const read = await stash.readScenes([...new Set(links.map((link) => link.sceneId))]);
  if (!read.ok) return read;
  const scenes = [...read.value.values()].flatMap((scene) =>
    scene === null || isFailure(scene) ? [] : [scene],
  );
  const matches = await matchScenes(scenes, parts);
  if (!matches.ok) return matches;
  return succeed([...matches.value.values()].flatMap((match) => match.linkChecks));
}
