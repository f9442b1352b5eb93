import { h, type Typed } from '../element.ts';
import type { Child } from '../pluginApi.ts';
import type { SettingField } from '../views/settingFields.ts';

/** One setting with its words, what holds without it, and what is wrong with it as it is typed. */
export function settingInput(field: SettingField, onType: (typed: string | boolean) => void): Child {
  const { key, label, words, control, problem, isSet } = field;
  const id = `plexsync-setting-${key}`;
  const about = [`${id}-words`, ...(problem === null ? [] : [`${id}-problem`])].join(' ');
  const shared = { id, 'aria-describedby': about, 'aria-invalid': problem !== null };
  return h(
    'div',
    { key, className: 'plexsync-setting' },
    h('label', { htmlFor: id }, label),
    controlOf(control, { shared, onType }),
    problem === null
      ? null
      : h('p', { id: `${id}-problem`, role: 'alert', className: 'plexsync-problem' }, problem),
    h('p', { id: `${id}-words`, className: 'plexsync-words' }, `${words} Default: ${field.default}.`),
    isSet
      ? h(
          'button',
          {
            type: 'button',
            className: 'btn btn-sm btn-secondary',
            'aria-label': `Default: ${label}`,
            onClick: () => onType(''),
          },
          'Default',
        )
      : null,
  );
}

function controlOf(
  control: SettingField['control'],
  {
    shared,
    onType,
  }: {
    readonly shared: Readonly<Record<string, unknown>>;
    readonly onType: (typed: string | boolean) => void;
  },
): Child {
  const onChange = ({ target }: Typed): void => onType(target.value);
  switch (control.kind) {
    case 'switch':
      return h('input', {
        ...shared,
        type: 'checkbox',
        checked: control.isOn,
        onChange: ({ target }: Typed) => onType(target.checked),
      });
    case 'choice':
      return h(
        'select',
        { ...shared, className: 'form-control input-control', value: control.value, onChange },
        h('option', { value: '' }, 'Default'),
        ...control.choices.map((choice) => h('option', { key: choice, value: choice }, choice)),
      );
    case 'text':
    case 'number':
    case 'secret':
      return h('input', {
        ...shared,
        className: 'form-control text-input',
        type: control.kind === 'secret' ? 'password' : 'text',
        inputMode: control.kind === 'number' ? 'decimal' : undefined,
        autoComplete: 'off',
        spellCheck: false,
        value: control.text,
        placeholder: control.placeholder,
        onChange,
      });
  }
}
