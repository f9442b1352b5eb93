import { Badge } from './badge.ts';
import { isHidden, onShown, stashBase } from './browser.ts';
import { ping } from './ping.ts';
import { findPluginApi } from './pluginApi.ts';
import { register } from './register.ts';

const badge = new Badge({
  look: () =>
    ping({
      base: stashBase(),
      fetch: (url, request) => fetch(url, request),
      debug: (message, cause) => console.debug(message, cause),
    }),
  isHidden,
  onShown,
  every: (ms, act) => {
    const timer = setInterval(act, ms);
    return () => clearInterval(timer);
  },
});

void badge.look();
const api = findPluginApi();
if (api !== null) register(api, badge);
