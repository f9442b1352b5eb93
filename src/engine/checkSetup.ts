import type { SetupCheck } from '../core/setupCheck.ts';
import type { Engine } from './engine.ts';

export async function checkSetup(_engine: Engine): Promise<readonly SetupCheck[]> {
  return [];
}
