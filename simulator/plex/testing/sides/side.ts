import type { PlexSimulatorOptions } from '../../server.ts';
import type { Switches, SwitchName } from '../../switches.ts';
import type { Visitor } from '../visitor.ts';

/** How a switch shows: the same steps, and what comes of them on each side. */
export interface Side<Name extends SwitchName> {
  readonly given?: PlexSimulatorOptions;
  readonly shows: (visitor: Visitor) => Promise<unknown>;
  readonly sides: { readonly [Position in Switches[Name]]: unknown };
}

export type Sides<Names extends SwitchName> = { readonly [Name in Names]: Side<Name> };
