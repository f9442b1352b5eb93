import { h } from '../element.ts';
import type { Child } from '../pluginApi.ts';
import type { Asked } from '../useAnswer.ts';

/** What an operation answered, or why there is nothing; an old answer stays while a new one does not come. */
export function whenAnswered<Value>(asked: Asked<Value>, show: (value: Value) => Child): Child {
  const { value, problem, isAsking, again } = asked;
  return h(
    'div',
    { 'aria-busy': isAsking },
    problem === null
      ? null
      : h(
          'p',
          { role: 'alert', className: 'plexsync-problem' },
          problem,
          ' ',
          h(
            'button',
            { type: 'button', className: 'btn btn-sm btn-secondary', disabled: isAsking, onClick: again },
            'Try again',
          ),
        ),
    value === null ? (isAsking ? h('p', null, 'Asking PlexSync …') : null) : show(value),
  );
}
