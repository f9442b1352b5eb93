import { showCharts } from './charts.ts';
import { keepLive } from './keepLive.ts';
import { showLocalTimes } from './localTimes.ts';

function show(): void {
  showLocalTimes(document);
  showCharts(document);
}

show();
keepLive(show);
