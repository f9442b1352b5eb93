import { h, use, useState } from './element.ts';
import { DeadLetters } from './parts/deadLetters.ts';
import { QueuePart } from './parts/queuePart.ts';
import { pageLink } from './parts/sceneLink.ts';
import { StatePart } from './parts/statePart.ts';
import { WritesPart } from './parts/writesPart.ts';
import type { Child } from './pluginApi.ts';

/** Under /plugins/: Stash's server answers /plugin/… itself, so that a reload would find nothing (stash reference §5.2). */
export const PAGE_PATH = '/plugins/plexsync';

/** Everything at one place: how it goes, what needs a person, what is next, what was written. */
export function Page(): Child {
  const [changes, setChanges] = useState(0);
  const onChange = (): void => setChanges((before) => before + 1);
  return h(
    'div',
    { className: 'plexsync-page' },
    h(
      'div',
      { className: 'plexsync-head' },
      h('h1', null, 'PlexSync'),
      pageLink('/settings?tab=plugins', 'Settings'),
      h('button', { type: 'button', className: 'btn btn-sm btn-secondary', onClick: onChange }, 'Look again'),
    ),
    use(StatePart, { changes, onChange }),
    use(DeadLetters, { changes, onChange }),
    use(QueuePart, { changes }),
    use(WritesPart, { changes, onChange }),
  );
}
