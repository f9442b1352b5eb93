import { type Badge, badgeText, badgeWords } from './badge.ts';
import { h, use, useEffect, useState } from './element.ts';
import { PAGE_PATH } from './page.ts';
import { type Child, pluginApi } from './pluginApi.ts';

/** Two arrows: what goes over, and what comes back to prove it. */
const ICON = 'M3 8h14l-4-4m4 4-4 4M21 16H7l4-4m-4 4 4 4';

/** Rendered twice by Stash, for narrow and for wide windows (stash reference §5.2): no ids in it. */
export const navbarItem = (badge: Badge): Child => use(NavbarItem, { key: 'plexsync', badge });

function NavbarItem({ badge }: { readonly badge: Badge }): Child {
  const [said, setSaid] = useState(badge.said);
  useEffect(() => badge.watch(setSaid), []);
  const text = badgeText(said);
  const words = badgeWords(said);
  return h(
    pluginApi().libraries.ReactRouterDOM.NavLink,
    {
      to: PAGE_PATH,
      className: 'nav-utility btn btn-primary minimal plexsync-nav',
      'aria-label': words,
      title: words,
    },
    h(
      'svg',
      { viewBox: '0 0 24 24', width: 20, height: 20, 'aria-hidden': true, className: 'plexsync-icon' },
      h('path', { d: ICON, fill: 'none', stroke: 'currentColor', strokeWidth: 2 }),
    ),
    text === null ? null : h('span', { className: 'plexsync-badge', 'aria-hidden': true }, text),
  );
}
