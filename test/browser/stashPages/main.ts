/**
 * As much of Stash's pages as a plugin can see: PluginApi with its points to patch, React 17, the router, the settings
 * that are kept in the page and written whole (stash reference §5). What counts is tried in a real Stash, too.
 */
import type { Child, Component, PluginApi, StashComponent } from '../../../src/plugin/ui/pluginApi.ts';

type Props = Readonly<Record<string, unknown>>;
type Render = (props: Props) => Child;

interface Context<Value> {
  readonly Provider: unknown;
  readonly held: Value;
}

/** The rest of React 17 that a page needs and a plugin does not. */
interface PageReact {
  readonly Fragment: StashComponent;
  createElement: PluginApi['React']['createElement'];
  useState: PluginApi['React']['useState'];
  useEffect: PluginApi['React']['useEffect'];
  useRef: PluginApi['React']['useRef'];
  createContext<Value>(value: Value): Context<Value>;
  useContext<Value>(context: Context<Value>): Value;
}

declare const React: PageReact;
declare const ReactDOM: { render(element: unknown, root: unknown): void };
declare const document: { querySelector(selectors: string): unknown };
declare const history: { pushState(state: unknown, title: string, url: string): void };
declare const location: { readonly pathname: string; readonly search: string };
declare function addEventListener(name: string, listener: () => void): void;
declare function dispatchEvent(event: Event): void;

const { createElement: h, useState, useEffect, createContext, useContext } = React;

// ── Points to patch ──────────────────────────────────────────────────────────────────────────────────

const befores = new Map<string, ((props: Props) => readonly [Props])[]>();
const insteads = new Map<string, ((...args: readonly unknown[]) => unknown)[]>();
const added = <Entry>(map: Map<string, Entry[]>, name: string, entry: Entry): void => {
  map.set(name, [...(map.get(name) ?? []), entry]);
};

/** A component by its name, as React calls it: with a second argument. */
const patched =
  (name: string, render: Render): Render =>
  (props) => {
    const given = (befores.get(name) ?? []).reduce((before, add) => add(before)[0], props);
    const [first] = insteads.get(name) ?? [];
    return first === undefined ? render(given) : (first(given, {}, render) as Child);
  };

const container = (name: string): Render => patched(name, ({ children }) => children as Child);

// ── Router ───────────────────────────────────────────────────────────────────────────────────────────

const routes = new Map<string, Component<object>>();

const go = (to: string): void => {
  history.pushState(null, '', to);
  dispatchEvent(new Event('popstate'));
};

const Link: Render = ({ to, children, ...props }) =>
  h(
    'a',
    {
      ...props,
      href: to,
      onClick: (event: { preventDefault(): void }) => {
        event.preventDefault();
        go(String(to));
      },
    },
    children,
  );

// ── Tabs ─────────────────────────────────────────────────────────────────────────────────────────────

const Tabs = createContext<{ readonly active: string; choose(key: string): void }>({
  active: '',
  choose: () => undefined,
});

const NavItem: Render = ({ children }) => h('div', { className: 'nav-item', role: 'presentation' }, children);
const NavLink: Render = ({ eventKey, children }) => {
  const { active, choose } = useContext(Tabs);
  const key = String(eventKey);
  return h(
    'a',
    {
      href: '#',
      role: 'tab',
      className: 'nav-link',
      'aria-selected': active === key,
      onClick: (event: { preventDefault(): void }) => {
        event.preventDefault();
        choose(key);
      },
    },
    children,
  );
};
const Pane: Render = ({ eventKey, children }) =>
  useContext(Tabs).active === eventKey ? h('div', { role: 'tabpanel' }, children) : null;

// ── Settings ─────────────────────────────────────────────────────────────────────────────────────────

type Plugins = Record<string, Record<string, unknown>>;

async function graphql(query: string, variables: Props): Promise<Record<string, unknown>> {
  const answer = await fetch('/graphql', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  return ((await answer.json()) as { data: Record<string, unknown> }).data;
}

const Settings = createContext<ReturnType<PluginApi['hooks']['useSettings']>>({
  loading: true,
  plugins: {},
  savePluginSettings: () => undefined,
});

/** Read once, and what is saved goes back whole. */
function SettingsPage(): Child {
  const [plugins, setPlugins] = useState<Plugins | null>(null);
  useEffect(() => {
    void graphql('{configuration{plugins}}', {}).then(({ configuration }) =>
      setPlugins((configuration as { plugins: Plugins }).plugins),
    );
    return undefined;
  }, []);
  if (plugins === null) return h('p', null, 'Loading');
  const savePluginSettings = (id: string, values: Readonly<Record<string, unknown>>): void => {
    setPlugins({ ...plugins, [id]: values });
    void graphql('mutation($id:ID!,$input:Map!){configurePlugin(plugin_id:$id,input:$input)}', {
      id,
      input: values,
    });
  };
  return h(
    Settings.Provider,
    { value: { loading: false, plugins, savePluginSettings } },
    h('h1', null, 'Plugins'),
    h(PluginSettings, { pluginID: 'plexsync', settings: [] }),
    h(PluginSettings, { pluginID: 'another', settings: [] }),
  );
}

const PluginSettings = patched('PluginSettings', ({ pluginID }) =>
  h('p', null, `Stash’s own panel of ${String(pluginID)}`),
);

// ── Pages ────────────────────────────────────────────────────────────────────────────────────────────

const ScenePageTabs = container('ScenePage.Tabs');
const ScenePageTabContent = container('ScenePage.TabContent');

function ScenePage({ id }: { readonly id: string }): Child {
  const [active, choose] = useState('details');
  const scene = { id };
  return h(
    Tabs.Provider,
    { value: { active, choose } },
    h('h1', null, `Scene ${id}`),
    h(
      'div',
      { role: 'tablist', className: 'nav' },
      h(
        ScenePageTabs,
        { scene },
        h(NavItem, { key: 'details' }, h(NavLink, { eventKey: 'details' }, 'Details')),
      ),
    ),
    h(
      ScenePageTabContent,
      { scene },
      h(Pane, { key: 'details', eventKey: 'details' }, h('p', null, 'Stash’s own words about it')),
    ),
  );
}

const UtilityItems = container('MainNavBar.UtilityItems');

function pageAt(path: string): unknown {
  const route = [...routes].find(([prefix]) => path.startsWith(prefix));
  if (route !== undefined) return h(route[1], null);
  const [, scene] = /^\/scenes\/(\d+)/.exec(path) ?? [];
  if (scene !== undefined) return h(ScenePage, { id: scene });
  return path.startsWith('/settings') ? h(SettingsPage, null) : h('h1', null, 'Stash');
}

function App(): Child {
  const [path, setPath] = useState(location.pathname);
  useEffect(() => {
    addEventListener('popstate', () => setPath(location.pathname));
    return undefined;
  }, []);
  return h(
    React.Fragment,
    null,
    h(
      'nav',
      { 'aria-label': 'Main' },
      h('div', { className: 'wide' }, h(UtilityItems, null)),
      h('div', { className: 'narrow' }, h(UtilityItems, null)),
    ),
    h('main', null, pageAt(path)),
  );
}

const asStash = (component: unknown): StashComponent => component as StashComponent;

const api: PluginApi = {
  React,
  libraries: {
    ReactRouterDOM: { NavLink: asStash(Link), Link: asStash(Link) },
    Bootstrap: {
      Nav: { Item: asStash(NavItem), Link: asStash(NavLink) },
      Tab: { Pane: asStash(Pane) },
    },
  },
  register: { route: (path, page) => void routes.set(path, page) },
  patch: {
    before: (name, add) => added(befores, name, add as unknown as (props: Props) => readonly [Props]),
    instead: (name, render) => added(insteads, name, render),
  },
  hooks: { useSettings: () => useContext(Settings) },
};
Object.assign(globalThis, {
  PluginApi: api,
  // As Stash: the app is rendered only when the scripts of all plugins have run.
  startStash: () => ReactDOM.render(h(App, null), document.querySelector('#root')),
});
