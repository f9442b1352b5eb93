import { type Child, type Component, type Element, pluginApi, type StashComponent } from './pluginApi.ts';

type Attributes = Readonly<Record<string, unknown>>;

/** An element of HTML, or one of Stash's components. */
export const h = (type: string | StashComponent, props: Attributes | null, ...children: Child[]): Element =>
  pluginApi().React.createElement(type, props, ...children);

/** One of our own components, in which hooks may be used. */
export const use = <Props extends object>(
  component: Component<Props>,
  props: Props & { readonly key?: string | number },
): Element => pluginApi().React.createElement(component, { ...props });

export const useState = <Value>(
  initial: Value | (() => Value),
): [Value, (next: Value | ((before: Value) => Value)) => void] => pluginApi().React.useState(initial);

export const useEffect = (effect: () => undefined | (() => void), on: readonly unknown[]): void =>
  pluginApi().React.useEffect(effect, on);

export const useRef = <Value>(initial: Value): { current: Value } => pluginApi().React.useRef(initial);

/** What the browser tells of a field that a person types into. */
export interface Typed {
  readonly target: { readonly value: string; readonly checked: boolean };
}
