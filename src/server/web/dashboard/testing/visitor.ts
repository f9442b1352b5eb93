import { type FakeOperations, fakeOperations } from '../../../../../test/fakes/fakeOperations.ts';
import { type CollectedLog, collectLog } from '../../../../../test/world/collectedLog.ts';
import { type Activity, NO_ACTIVITY } from '../../../../core/activity/activity.ts';
import { fail, succeed } from '../../../../core/result.ts';
import type { Pictures } from '../../../../engine/pictures.ts';
import { RecentLines } from '../../../../log/recentLines.ts';
import type { SettingsPlace } from '../../../../setup/settingsPlace.ts';
import type { AccessSettings } from '../../access.ts';
import { dashboardApp } from '../dashboard.ts';

export const PASSWORD = 'correct horse';
const HOST = '192.168.1.5:7475';

export interface VisitorOptions {
  readonly access?: Partial<AccessSettings>;
  readonly stored?: Map<string, string>;
  readonly operations?: FakeOperations;
  readonly recentLog?: RecentLines;
  readonly settingsPlace?: SettingsPlace;
  readonly activity?: Activity;
  readonly pictures?: Partial<Pictures>;
}

export interface Sent {
  readonly headers?: Readonly<Record<string, string>>;
  readonly form?: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  readonly to: string | null;
  readonly set: string | null;
  readonly text: string;
  readonly headers: Headers;
}

export interface Visitor {
  readonly operations: FakeOperations;
  readonly clock: { now: number };
  readonly log: CollectedLog;
  /** Gets a page, or posts a form. */
  ask(path: string, sent?: Sent): Promise<Answer>;
  signIn(password: string, to?: string): Promise<Answer>;
}

const NO_PICTURES: Pictures = {
  ofItem: () => Promise.resolve(succeed(null)),
  ofScene: () => Promise.resolve(succeed(null)),
};

/** No password is asked for. */
export const ON_THIS_MACHINE: Partial<AccessSettings> = { http_bind: '127.0.0.1', http_password: '' };

/** A dashboard and a browser that keeps its cookies. */
export function visitor(options: VisitorOptions = {}): Visitor {
  const {
    access = {},
    stored = new Map<string, string>(),
    operations = fakeOperations(),
    recentLog = new RecentLines(),
    settingsPlace = { kind: 'stash', read: () => Promise.resolve(fail('no settings in this test')) },
    activity = NO_ACTIVITY,
  } = options;
  const clock = { now: 1_000_000 };
  const log = collectLog([PASSWORD]);
  const app = dashboardApp({
    operations,
    stashUrl: 'http://127.0.0.1:9999/stash',
    pictures: { ...NO_PICTURES, ...options.pictures },
    meta: {
      get: (key) => Promise.resolve(stored.get(key) ?? null),
      set: (key, value) => Promise.resolve(void stored.set(key, value)),
    },
    access: { http_bind: '0.0.0.0', http_hosts: [], http_password: PASSWORD, http_token: '', ...access },
    ended: new AbortController().signal,
    settingsPlace,
    assets: { script: 'let a', style: 'a {}' },
    now: () => clock.now,
    logger: log.logger,
    recentLog,
    activity: () => activity,
    addressOf: () => '192.168.1.9',
  });
  const cookies = new Map<string, string>();
  const ask = async (path: string, { headers = {}, form }: Sent = {}): Promise<Answer> => {
    const answer = await app.request(`http://${HOST}${path}`, {
      headers: {
        host: HOST,
        accept: 'text/html',
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(form === undefined
          ? {}
          : { 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' }),
        ...headers,
      },
      ...(form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form).toString() }),
    });
    for (const set of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      if (value === '') cookies.delete(name);
      else cookies.set(name, value);
    }
    return {
      status: answer.status,
      to: answer.headers.get('location'),
      set: answer.headers.get('set-cookie'),
      text: await answer.text(),
      headers: answer.headers,
    };
  };
  return {
    operations,
    clock,
    log,
    ask,
    signIn: (password, to = '/') => ask('/sign-in', { form: { password, to } }),
  };
}

/** Without the sign-in, which has tests of its own. */
export const localVisitor = (operations: FakeOperations = fakeOperations()): Visitor =>
  visitor({ access: ON_THIS_MACHINE, operations });
