import type { Peer } from '../core/failure.ts';
import type { FieldName } from '../core/field.ts';
import type { ImageKind } from '../core/images/imageKind.ts';
import type { TriggerSource } from '../core/job.ts';
import type { EndedRequest } from '../http/requestOutcome.ts';

/** Told of what happens in this process and is stored nowhere, so that it can be counted. Never throws. */
export interface Meter {
  requestEnded(peer: Peer, request: EndedRequest): void;
  /** Plex took an edit of this field, or such an image, of one item. */
  fieldSent(field: FieldName | ImageKind): void;
  /** All that a job wanted is shown by Plex; `ms` from the oldest trigger that nothing was made of yet. */
  editArrived(source: TriggerSource, ms: number): void;
}

/** Tells all of them. */
export const allMeters = (...meters: readonly Meter[]): Meter => ({
  requestEnded: (peer, request) => {
    for (const meter of meters) meter.requestEnded(peer, request);
  },
  fieldSent: (field) => {
    for (const meter of meters) meter.fieldSent(field);
  },
  editArrived: (source, ms) => {
    for (const meter of meters) meter.editArrived(source, ms);
  },
});

/** For a process whose numbers nobody asks for. */
export const silentMeter: Meter = {
  requestEnded: () => undefined,
  fieldSent: () => undefined,
  editArrived: () => undefined,
};
