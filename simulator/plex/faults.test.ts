import { describe, expect, test } from 'vitest';
import { FAULT_NAMES, FAULTS, type FaultName, type FaultRule, faultFrom } from './faults.ts';
import { type Visitor, visited } from './testing/visitor.ts';

const EDIT = '/library/sections/1/all?type=1&id=1&title.value=Edited&title.locked=1';

/** What the client sees of an answer, and null where it sees none. */
async function seen(
  answer: Promise<Response>,
): Promise<readonly [status: number | null, body: string | null]> {
  const response = await answer.catch(() => null);
  if (response === null) return [null, null];
  return [response.status, await response.text().catch(() => null)];
}

const isEdited = ({ simulator }: Visitor): boolean => simulator.library.read('1')?.title === 'Edited';

interface Effect {
  readonly argument?: string | number;
  /** Of a list and of an edit; null: no answer, or none that is whole. */
  readonly list: readonly [status: number | null, body: unknown];
  readonly isCarriedOut: boolean;
}

const whole = expect.stringContaining('</MediaContainer>');

/** `never` and the two slow ones stand apart. */
const EFFECTS: { readonly [Name in Exclude<FaultName, 'never'>]: Effect } = {
  status: { argument: 500, list: [500, expect.stringContaining('500 Internal')], isCarriedOut: false },
  html: { list: [200, expect.stringContaining('router')], isCarriedOut: false },
  empty: { list: [200, ''], isCarriedOut: false },
  'wrong-types': { list: [200, expect.stringContaining('"many"')], isCarriedOut: false },
  maintenance: { list: [503, expect.stringContaining('title="Maintenance"')], isCarriedOut: false },
  redirect: { argument: 'http://127.0.0.1:9/', list: [302, expect.anything()], isCarriedOut: false },
  'too-many': { argument: 7, list: [429, expect.anything()], isCarriedOut: false },
  delay: { argument: 1, list: [200, whole], isCarriedOut: true },
  trickle: { argument: 1, list: [200, whole], isCarriedOut: true },
  reset: { list: [null, null], isCarriedOut: false },
  'reset-after-headers': { list: [200, null], isCarriedOut: true },
  cut: { list: [200, null], isCarriedOut: true },
  'lost-reply': { list: [null, null], isCarriedOut: true },
};

describe.each(Object.entries(EFFECTS))('the fault %s', (name, { argument, list, isCarriedOut }) => {
  const rule: FaultRule = {
    fault: FAULT_NAMES.find((one) => one === name) ?? 'never',
    ...(argument === undefined ? {} : { argument }),
  };

  test(`on a list: ${FAULTS[rule.fault].words}`, async () => {
    const { send, simulator } = await visited();
    const fault = simulator.faults.add(rule);
    expect(await seen(send('GET', '/library/sections/1/all?type=1'))).toEqual(list);
    expect(fault.hits).toBe(1);
    expect(simulator.log.requests.map((request) => request.fault)).toEqual([name]);
  });

  test(`on an edit, which is ${isCarriedOut ? '' : 'not '}carried out`, async () => {
    const visitor = await visited();
    visitor.simulator.faults.add(rule);
    await seen(visitor.send('PUT', EDIT));
    expect(isEdited(visitor)).toBe(isCarriedOut);
    const [status] = await seen(visitor.send('PUT', EDIT));
    expect([status, isEdited(visitor)]).toEqual([200, true]);
  });
});

test('a request that is never answered hangs until the client gives up, and is not carried out', async () => {
  const visitor = await visited();
  visitor.simulator.faults.add({ fault: 'never' });
  const [status] = await seen(visitor.send('PUT', EDIT, { signal: AbortSignal.timeout(100) }));
  expect([status, isEdited(visitor)]).toEqual([null, false]);
});

test('429 says when to come again, a redirect where to go', async () => {
  const { send, simulator } = await visited();
  simulator.faults.add({ fault: 'too-many', argument: 7 });
  simulator.faults.add({ fault: 'redirect', argument: 'https://plex.example/', nth: 2 });
  expect((await send('GET', '/')).headers.get('retry-after')).toBe('7');
  expect((await send('GET', '/')).headers.get('location')).toBe('https://plex.example/');
});

describe('a rule', () => {
  test('hits only its method and url, from its nth match on, so many times', async () => {
    const { send, simulator } = await visited();
    const rule = {
      fault: 'status',
      argument: 500,
      method: 'GET',
      url: /metadata\/1$/,
      nth: 2,
      count: 2,
    } as const;
    const fault = simulator.faults.add(rule);
    const statuses: number[] = [];
    for (let times = 0; times < 5; times += 1) {
      await send('GET', '/library/metadata/4');
      await send('PUT', '/library/metadata/1?type=1');
      statuses.push((await send('GET', '/library/metadata/1')).status);
    }
    expect(statuses).toEqual([200, 500, 500, 200, 200]);
    expect(fault.hits).toBe(2);
  });

  test('is matched against the decoded url', async () => {
    const { send, simulator } = await visited();
    simulator.faults.add({ fault: 'status', argument: 500, url: /title\.value=a b/ });
    expect((await send('PUT', '/library/sections/1/all?title%2Evalue=a%20b&type=1&id=1')).status).toBe(500);
  });

  test('is gone when all are cleared', async () => {
    const { send, simulator } = await visited();
    simulator.faults.add({ fault: 'status', argument: 500, count: Number.POSITIVE_INFINITY });
    simulator.faults.clear();
    expect((await send('GET', '/')).status).toBe(200);
  });

  test.each<[string, FaultRule]>([
    ['cut', { fault: 'cut' }],
    [
      'status=500 PUT /all nth=3 count=2',
      { fault: 'status', argument: '500', method: 'PUT', url: /\/all/, nth: 3, count: 2 },
    ],
    ['redirect=http://x/?a=b count=all', { fault: 'redirect', argument: 'http://x/?a=b', count: Infinity }],
  ])('can be written %j', (text, rule) => {
    expect(faultFrom(text)).toEqual(rule);
  });

  test.each([
    ['nonsense', 'unknown fault nonsense'],
    ['status', 'fault status needs an argument: status code'],
    ['cut=5', 'fault cut takes no argument'],
  ])('written %j is refused', (text, message) => {
    expect(() => faultFrom(text)).toThrow(message);
  });
});
