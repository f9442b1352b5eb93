import { SWITCHES, type Switches } from '../../simulator/plex/switches.ts';

/**
 * What every test assumes of Plex unless it says otherwise. Nobody knows whether Plex appends or replaces when tags are
 * written (plex reference §3.3), so that the suites run once with each: `PLEXSYNC_TAG_WRITE=replace npm test`.
 */
export function assumedPlex(): Partial<Switches> {
  const asked = process.env['PLEXSYNC_TAG_WRITE'];
  if (asked === undefined) return {};
  const tagWrite = SWITCHES.tagWrite.sides.find((side) => side === asked);
  if (tagWrite === undefined)
    throw new Error(`PLEXSYNC_TAG_WRITE is ${SWITCHES.tagWrite.sides.join(' or ')}`);
  return { tagWrite };
}
