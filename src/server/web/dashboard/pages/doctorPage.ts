import { html } from 'hono/html';
import { adviceWords, type Finding } from '../../../../core/doctor/finding.ts';
import { visibleText } from '../../../../core/visibleText.ts';
import type { Dashboard } from '../dashboard.ts';
import type { Html } from '../parts/html.ts';

export function addDoctorPage({ app, parts, show }: Dashboard): void {
  app.get('/doctor', async (context) =>
    show(context, {
      title: 'Doctor',
      at: '/settings',
      isLive: false,
      body: findingList(await parts.operations.doctor()),
    }),
  );
}

const findingList = (
  findings: readonly Finding[],
): Html => html`<p>All that a sync needs was looked at; nothing was changed. <a href="/doctor">Look again</a></p>
<ul class="findings card">${findings.map(findingItem)}</ul>`;

const findingItem = ({ name, state, found, advice }: Finding): Html => html`<li>
  <span class="badge ${STATES[state].style}">${STATES[state].words}</span>
  <div><strong>${name}</strong><br />${visibleText(found)}${advice === null ? null : html`<br />${visibleText(adviceWords(advice))}`}</div>
</li>`;

const STATES = {
  ok: { words: 'fine', style: 'good' },
  warning: { words: 'look', style: 'doubtful' },
  problem: { words: 'wrong', style: 'bad' },
} as const;
