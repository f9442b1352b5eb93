/** The part of Stash's PluginApi that is used (stash reference §5.2): React 17, and points where pages take additions. */
export interface PluginApi {
  readonly React: React17;
  readonly libraries: {
    readonly ReactRouterDOM: { readonly NavLink: StashComponent; readonly Link: StashComponent };
    readonly Bootstrap: { readonly Nav: Nav; readonly Tab: { readonly Pane: StashComponent } };
  };
  readonly register: { route(path: string, page: Component<object>): void };
  readonly patch: {
    /** Components whose children go on as they are, with more behind them. */
    before(name: string, add: (props: WithChildren) => readonly [WithChildren]): void;
    instead(name: string, render: (...args: readonly unknown[]) => unknown): void;
  };
  readonly hooks: { useSettings(): StashSettings };
}

export interface StashSettings {
  readonly loading: boolean;
  readonly plugins: Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>;
  /** Replaces all settings of the plugin. */
  savePluginSettings(id: string, values: Readonly<Record<string, unknown>>): void;
}

export interface WithChildren {
  readonly children?: unknown;
  /** Of the scene's page. */
  readonly scene?: { readonly id: string };
}

interface Nav {
  readonly Item: StashComponent;
  readonly Link: StashComponent;
}

declare const element: unique symbol;
export interface Element {
  readonly [element]: true;
}
export type Child = Element | string | number | boolean | null | undefined | readonly Child[];
export type Component<Props> = (props: Props) => Child;

/** One of Stash's own: what it takes is not checked. */
declare const stashComponent: unique symbol;
export interface StashComponent {
  readonly [stashComponent]: true;
}

export interface React17 {
  readonly Fragment: StashComponent;
  createElement(
    type: unknown,
    props: Readonly<Record<string, unknown>> | null,
    ...children: readonly unknown[]
  ): Element;
  useState<Value>(
    initial: Value | (() => Value),
  ): [Value, (next: Value | ((before: Value) => Value)) => void];
  useEffect(effect: () => undefined | (() => void), on: readonly unknown[]): void;
  useRef<Value>(initial: Value): { current: Value };
}

declare const PluginApi: PluginApi | undefined;

/** Null in a Stash that has none: before 0.24. */
export const findPluginApi = (): PluginApi | null => (typeof PluginApi === 'undefined' ? null : PluginApi);

/** Nothing of ours is rendered without it. */
export function pluginApi(): PluginApi {
  const api = findPluginApi();
  if (api === null) throw new Error('this Stash has no PluginApi');
  return api;
}
