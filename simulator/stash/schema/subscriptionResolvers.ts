import type { JobUpdate } from '../jobs/jobQueue.ts';
import type { Resolvers } from './resolver.ts';

/** The source is the event itself. */
const event = (source: unknown): unknown => source;

export const subscriptionResolvers: Readonly<Record<string, Resolvers>> = {
  Subscription: { jobsSubscribe: event, scanCompleteSubscribe: event },
  JobStatusUpdate: {
    type: ({ type }: JobUpdate) => type,
    job: ({ job }: JobUpdate) => job,
  },
};
