import { type Answer, ask } from '../ask.ts';
import { isHidden } from '../browser.ts';
import { h, useEffect, useRef, useState } from '../element.ts';
import type { Child } from '../pluginApi.ts';

/** Each look is a run of the plugin in Stash. */
const LOOK_EVERY_MS = 2_000;

type Servers = Extract<Answer<'pollSignIn'>, { readonly kind: 'signed-in' }>['servers'];

type State =
  | { readonly kind: 'idle'; readonly words: string | null }
  | { readonly kind: 'starting' }
  | { readonly kind: 'waiting'; readonly id: string; readonly link: string; readonly until: number }
  | { readonly kind: 'signed-in'; readonly servers: Servers };

/** Signs in at plex.tv and offers the servers; what is chosen is for the panel to save. */
export function SignIn(props: {
  readonly onChoose: (chosen: { readonly url: string; readonly token: string }) => void;
}): Child {
  const [state, setState] = useState<State>({ kind: 'idle', words: null });
  useLooks(state, setState);
  switch (state.kind) {
    case 'idle':
      return h(
        'div',
        { role: 'status' },
        state.words === null ? null : h('p', { className: 'plexsync-problem' }, state.words),
        h(
          'button',
          { type: 'button', className: 'btn btn-sm btn-primary', onClick: () => start(setState) },
          'Sign in with Plex',
        ),
      );
    case 'starting':
      return h('p', { role: 'status' }, 'Asking plex.tv …');
    case 'waiting':
      return h(
        'p',
        { role: 'status' },
        h('a', { href: state.link, target: '_blank', rel: 'noopener noreferrer' }, 'Open Plex and sign in'),
        ', then come back here. Waiting for you …',
      );
    case 'signed-in':
      return serverList(state.servers, (chosen) => {
        props.onChoose(chosen);
        setState({ kind: 'idle', words: null });
      });
  }
}

function start(setState: (next: State) => void): void {
  setState({ kind: 'starting' });
  void ask('startSignIn').then((started) =>
    setState(
      started.ok
        ? { kind: 'waiting', ...started.value, until: Date.now() + started.value.lifeMs }
        : { kind: 'idle', words: started.failure },
    ),
  );
}

/** One look at a time; a look that fails is followed by another one, until the link is no good any more. */
function useLooks(state: State, setState: (next: State) => void): void {
  const isLooking = useRef(false);
  useEffect(() => {
    if (state.kind !== 'waiting') return undefined;
    let isOver = false;
    const look = async (): Promise<void> => {
      if (isLooking.current || isHidden()) return;
      isLooking.current = true;
      const seen = await ask('pollSignIn', { id: state.id });
      isLooking.current = false;
      if (isOver) return;
      if (seen.ok && seen.value.kind === 'signed-in')
        setState({ kind: 'signed-in', servers: seen.value.servers });
      else if ((seen.ok && seen.value.kind === 'expired') || Date.now() > state.until) {
        setState({ kind: 'idle', words: 'The link has expired. Begin anew.' });
      }
    };
    const timer = setInterval(() => void look(), LOOK_EVERY_MS);
    return () => {
      isOver = true;
      clearInterval(timer);
    };
  }, [state.kind]);
}

const REACHES = { local: 'your network', remote: 'internet', relay: 'Plex’s relay' } as const;

function serverList(
  servers: Servers,
  onChoose: (chosen: { readonly url: string; readonly token: string }) => void,
): Child {
  if (servers.length === 0) return h('p', { role: 'status' }, 'This account has no server.');
  return h(
    'div',
    { role: 'status' },
    h('p', null, 'Which server?'),
    h(
      'ul',
      { className: 'plexsync-list' },
      ...servers.map(({ name, isOwned, token, addresses }) =>
        h(
          'li',
          { key: name },
          h('strong', null, name),
          isOwned ? null : ' (somebody else’s: only its owner may edit)',
          addresses.length === 0 ? h('div', null, 'No address of it leads there from here.') : null,
          ...addresses.map(({ url, reach }) =>
            h(
              'div',
              { key: url },
              h(
                'button',
                {
                  type: 'button',
                  className: 'btn btn-sm btn-primary',
                  onClick: () => onChoose({ url, token }),
                },
                `Use ${url}`,
              ),
              ` ${REACHES[reach]}`,
            ),
          ),
        ),
      ),
    ),
  );
}
