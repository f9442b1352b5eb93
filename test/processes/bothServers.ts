import { onTestFinished } from 'vitest';
import { type BothServers, type BothServersRequest, startBothServers } from './startBothServers.ts';

export { type BothServers, type BothServersRequest, numbersTo } from './startBothServers.ts';

/** For one test, which ends them. */
export async function openBothServers(request: BothServersRequest): Promise<BothServers> {
  const servers = await startBothServers(request);
  onTestFinished(() => servers.close());
  return servers;
}
