import type { Context } from 'hono';
import { html } from 'hono/html';
import { counted } from '../../../../core/quantityInWords.ts';
import { visibleText } from '../../../../core/visibleText.ts';
import { LEVELS, type LogLevel } from '../../../../log/logger.ts';
import { type LogLine, logLineText, readLogLine } from '../../../../log/logLine.ts';
import type { RecentLines } from '../../../../log/recentLines.ts';
import type { Dashboard } from '../dashboard.ts';
import type { Html } from '../parts/html.ts';
import { pageAddress } from '../parts/pageAddress.ts';
import { timeMark } from '../parts/timeMark.ts';
import { shownLimit } from '../shownLimit.ts';

const PATH = '/log';
const LIMIT = { usual: 200, most: 2_000 };

interface Filter {
  /** And what is graver. */
  readonly level: LogLevel | null;
  readonly text: string;
  readonly limit: number;
}

export function addLogPage({ app, parts: { recentLog }, show }: Dashboard): void {
  app.get(PATH, (context) => {
    const filter = filterOf(context);
    const lines = linesOf(recentLog, filter).reverse();
    return show(context, {
      title: 'Log',
      at: PATH,
      isLive: 'log',
      body: html`<section class="card">
  ${filterForm(filter)}
  <p class="quiet">The latest lines of this process, newest first; <code>log_level</code> says which are written.
    <a href="${pageAddress(`${PATH}/download`, { level: filter.level, text: filter.text })}" download>Download</a></p>
  ${lines.length === 0 ? emptyWords(filter) : lineList(lines.slice(0, filter.limit))}
  ${moreLink(lines.length, filter)}
</section>`,
    });
  });
  app.get(`${PATH}/download`, (context) => {
    const lines = linesOf(recentLog, filterOf(context)).map((line) => `${logLineText(line)}\n`);
    return context.body(lines.join(''), 200, {
      'content-type': 'text/plain; charset=utf-8',
      'content-disposition': 'attachment; filename="plexsync-log.txt"',
    });
  });
}

const filterOf = (context: Context): Filter => ({
  level: LEVELS.find((level) => level === context.req.query('level')) ?? null,
  text: context.req.query('text')?.trim() ?? '',
  limit: shownLimit(context.req.query('limit'), LIMIT),
});

/** Newest last. */
function linesOf(recentLog: RecentLines, { level, text }: Filter): LogLine[] {
  const least = level === null ? 0 : LEVELS.indexOf(level);
  const wanted = text.toLowerCase();
  return recentLog.all().flatMap((json) => {
    const line = readLogLine(json);
    if (line === null || LEVELS.indexOf(line.level) < least) return [];
    return wanted === '' || logLineText(line).toLowerCase().includes(wanted) ? [line] : [];
  });
}

const filterForm = ({
  level,
  text,
}: Filter): Html => html`<form method="get" action="${PATH}" class="filters" data-kept>
  <label>Level <select name="level">
    <option value="">all</option>
    ${LEVELS.slice(1).map(
      (each) =>
        html`<option value="${each}" ${each === level ? 'selected' : ''}>${each}${each === 'error' ? '' : ' and graver'}</option>`,
    )}
  </select></label>
  <label>Text <input name="text" type="search" value="${text}" placeholder="scene, words, a path" autocomplete="off" /></label>
  <button>Show</button>
</form>`;

const emptyWords = ({ level, text }: Filter): Html =>
  level === null && text === ''
    ? html`<p>Nothing was logged yet.</p>`
    : html`<p>No line fits. <a href="${PATH}">Show all.</a></p>`;

const LEVEL_CLASSES = { trace: 'quiet', debug: 'quiet', info: '', warn: 'doubtful', error: 'bad' } as const;

const lineList = (lines: readonly LogLine[]): Html =>
  html`<ol class="plain log">${lines.map(lineEntry)}</ol>`;

const lineEntry = ({ at, level, message, fields }: LogLine): Html => {
  const known = Object.entries(fields);
  return html`<li>
  <span class="quiet when">${timeMark(Date.parse(at))}</span>
  <strong class="level ${LEVEL_CLASSES[level]}">${level}</strong>
  <span class="said">${visibleText(message)} ${known.map(([name, value]) => fieldMark(name, value))}</span>
</li>`;
};

/** Stacks keep their lines. */
const fieldMark = (name: string, value: unknown): Html =>
  typeof value === 'object' && value !== null && 'stack' in value
    ? html`<details><summary>${name}: ${String('message' in value ? value.message : '')}</summary><pre>${JSON.stringify(value, null, 2).replaceAll('\\n', '\n')}</pre></details>`
    : html`<span class="quiet mono">${name}=${typeof value === 'string' ? value : JSON.stringify(value)}</span> `;

function moreLink(found: number, filter: Filter): Html | null {
  if (found <= filter.limit) return null;
  const { level, text } = filter;
  const limit = Math.min(LIMIT.most, filter.limit * 5);
  return html`<p>${counted(found - filter.limit, 'earlier line')}. <a href="${pageAddress(PATH, { level, text, limit })}">Show more</a></p>`;
}
