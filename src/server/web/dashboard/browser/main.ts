import { keepLive } from './keepLive.ts';
import { showLocalTimes } from './localTimes.ts';

showLocalTimes(document);
keepLive(() => showLocalTimes(document));
