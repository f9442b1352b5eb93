import { PLUGIN_ID } from '../pluginId.ts';
import type { Badge } from './badge.ts';
import { h, use } from './element.ts';
import { navbarItem } from './navbarItem.ts';
import { PAGE_PATH, Page } from './page.ts';
import type { Child, PluginApi, WithChildren } from './pluginApi.ts';
import { sceneTab, sceneTabContent } from './sceneTab.ts';
import { SettingsPanel } from './settingsPanel.ts';

/** Puts all that is ours into Stash's pages. A Stash that lacks a point simply never calls it. */
export function register(api: PluginApi, badge: Badge): void {
  const { patch } = api;
  const behind = (name: string, add: (props: WithChildren) => Child): void =>
    patch.before(name, (props) => [
      { ...props, children: h(api.React.Fragment, null, props.children as Child, add(props)) },
    ]);
  api.register.route(PAGE_PATH, Page);
  behind('MainNavBar.UtilityItems', () => navbarItem(badge));
  behind('ScenePage.Tabs', sceneTab);
  behind('ScenePage.TabContent', sceneTabContent);
  // The original comes last; between them stands what React gives a component besides (stash reference §5.2).
  patch.instead('PluginSettings', (...args) => {
    const [props] = args as readonly [{ readonly pluginID: string }];
    const original = args.at(-1) as (props: object) => Child;
    return props.pluginID === PLUGIN_ID ? use(SettingsPanel, {}) : original(props);
  });
}
