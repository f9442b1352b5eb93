import { readdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { runHook } from '../../processes/runHook.ts';
import { numbersTo, type RunningServers, startBothServers } from '../../processes/startBothServers.ts';
import { missingAfter, sentTwice } from '../arrival.ts';
import { bulkEdit } from '../bulkEdit.ts';
import { type Daemon, startDaemon } from '../daemonOf.ts';
import { leaksOf } from '../leaks.ts';
import { drawOutage, drawShortOutage } from '../outages.ts';
import { over } from '../over.ts';
import type { CampaignPart, PartOptions, PartReport } from '../part.ts';
import { bytesOf, processSize } from '../procfs.ts';
import { startWires, type Wires } from '../wires.ts';
import { growthAnHour, type Look, most, series, settledLooks } from './overTime.ts';

interface Pace {
  readonly scenes: number;
  readonly minutes: number;
  readonly betweenEditsMs: number;
  /** From the end of something else that happens to the next one. */
  readonly quietMs: readonly [number, number];
  readonly outageMs: readonly [number, number];
  readonly lookEveryMs: number;
}

const PACES: Readonly<Record<PartOptions['length'], Pace>> = {
  short: {
    scenes: 100,
    minutes: 0.1,
    betweenEditsMs: 100,
    quietMs: [200, 1_000],
    outageMs: [200, 1_000],
    lookEveryMs: 1_000,
  },
  long: {
    scenes: 1_000,
    minutes: 60,
    betweenEditsMs: 500,
    quietMs: [5_000, 40_000],
    outageMs: [2_000, 45_000],
    lookEveryMs: 15_000,
  },
};

/** The longest that a breaker waits with a probe, and some time to work it all off. */
const ARRIVE_WITHIN_MS = 420_000;
const MINUTE_MS = 60_000;
/** src/http/request.ts */
const REQUESTS_AT_ONCE = 6;
/** src/core/pace.ts */
const WRITES_AT_ONCE = 2;
/** Less tells nothing about growth. */
const JUDGED_FROM_MINUTES = 20;
const MOST_GROWTH = { rssMiB: 20, openFiles: 4, databaseMiB: 4 } as const;
/** However short it was. */
const MOST = { rssMiB: 256, openFiles: 64, databaseMiB: 32 } as const;
const JOURNAL_ENTRIES = 1_000;

/** One daemon, left alone for long, in a house where something goes wrong each half minute. */
export const soak: CampaignPart = {
  name: 'soak',
  words: 'edits, outages, comparisons and bulk edits for an hour: what grows?',
  run: async (options) => {
    const pace = {
      ...PACES[options.length],
      ...(options.minutes === undefined ? {} : { minutes: options.minutes }),
    };
    const wires = await startWires(options.random);
    const servers = await startBothServers({ files: pace.scenes, hasHook: true, env: envOf(wires) });
    wires.plex.aimAt(servers.plex.port);
    wires.stash.aimAt(servers.stash.port);
    for (const number of numbersTo(pace.scenes)) titled(servers, number, `First ${number}`);
    const daemon = await startDaemon(servers);
    try {
      const report = await new Soak({ servers, wires, daemon, pace }, options).run();
      return { ...report, broken: [...report.broken, ...leaksOf(servers, daemon.process)] };
    } finally {
      daemon.process.signal('SIGKILL');
      await daemon.process.ended;
      await Promise.all([servers.close(), wires.close()]);
    }
  },
};

const envOf = (wires: Wires): Readonly<Record<string, string>> => ({
  PLEXSYNC_PLEX_URL: wires.plex.url,
  PLEXSYNC_STASH_URL: wires.stash.url,
  PLEXSYNC_READ_TIMEOUT: '5',
  PLEXSYNC_CONNECT_TIMEOUT: '2',
  PLEXSYNC_POLL_INTERVAL: '10',
  PLEXSYNC_JOURNAL_MAX_ENTRIES: String(JOURNAL_ENTRIES),
});

function titled({ stash, scene }: RunningServers, number: number, title: string): void {
  stash.library.editScene(scene(number), { title });
}

interface Stage {
  readonly servers: RunningServers;
  readonly wires: Wires;
  readonly daemon: Daemon;
  readonly pace: Pace;
}

class Soak {
  readonly #stage: Stage;
  readonly #options: PartOptions;
  readonly #looks: Look[] = [];
  readonly #happened = new Map<string, number>();
  readonly #broken: string[] = [];
  readonly #startedAt = performance.now();
  #edits = 0;

  constructor(stage: Stage, options: PartOptions) {
    this.#stage = stage;
    this.#options = options;
  }

  async run(): Promise<PartReport> {
    const { servers, wires, daemon, pace } = this.#stage;
    await daemon.operations.sync({ kind: 'all' });
    await Promise.all([this.#edit(), this.#disturb(), this.#watch()]);
    await Promise.all([wires.plex.suffer({ kind: 'none' }), wires.stash.suffer({ kind: 'none' })]);
    const missing = await missingAfter(servers, numbersTo(pace.scenes), ARRIVE_WITHIN_MS);
    await this.#look();
    servers.plex.log.assertHarmless();
    const { queue } = await daemon.operations.status();
    const ended = await daemon.end();
    const figures = this.#figures();
    const broken = [
      ...this.#broken,
      ...missing,
      ...sentTwice(servers.plex.log.requests),
      ...over('dead letters', queue.dead, 0),
      ...over('requests at once to Plex', figures.requestsAtOnceToPlex, REQUESTS_AT_ONCE),
      ...over('requests at once to Stash', figures.requestsAtOnceToStash, REQUESTS_AT_ONCE),
      ...over('edits at once', figures.writesAtOnce, WRITES_AT_ONCE),
      ...Object.entries(MOST).flatMap(([figure, limit]) =>
        over(`${figure} at most`, most(this.#looks, figure as keyof typeof MOST), limit),
      ),
      ...Object.entries(this.#growth()).flatMap(([figure, grown]) =>
        over(`${figure}: growth in an hour`, grown, MOST_GROWTH[figure as keyof typeof MOST_GROWTH]),
      ),
      ...(ended === null ? [] : [ended]),
    ];
    const isTold = processSize(process.pid) !== null;
    const skipped = isTold ? [] : ['memory and open files: this system does not tell them'];
    return { figures, broken, skipped, series: series(this.#looks) };
  }

  #figures() {
    const { servers, pace } = this.#stage;
    const [outages, other] = [
      [...this.#happened].filter(isOutage),
      [...this.#happened].filter((each) => !isOutage(each)),
    ];
    return {
      minutes: pace.minutes,
      scenes: pace.scenes,
      edits: this.#edits,
      outages: outages.reduce((sum, [, count]) => sum + count, 0),
      kindsOfOutages: outages.length,
      ...Object.fromEntries(other),
      editsInPlex: servers.plex.log.counts().edits,
      rssMiBFirst: this.#looks[0]?.rssMiB ?? 0,
      rssMiBLast: this.#looks.at(-1)?.rssMiB ?? 0,
      rssMiBMost: most(this.#looks, 'rssMiB'),
      openFilesMost: most(this.#looks, 'openFiles'),
      openFilesLast: this.#looks.at(-1)?.openFiles ?? 0,
      databaseMiBMost: most(this.#looks, 'databaseMiB'),
      requestsAtOnceToPlex: servers.plex.log.inFlight.atMost,
      requestsAtOnceToStash: servers.stash.log.inFlight.atMost,
      writesAtOnce: servers.plex.log.maxConcurrentWrites(),
      ...Object.fromEntries(
        Object.entries(this.#growth()).map(([figure, grown]) => [`${figure}MoreAnHour`, grown]),
      ),
    };
  }

  /** In an hour, by the looks since all found its size; nothing when that was not long enough. */
  #growth(): Partial<Record<keyof typeof MOST_GROWTH, number>> {
    if (this.#stage.pace.minutes < JUDGED_FROM_MINUTES) return {};
    const settled = settledLooks(this.#looks);
    const grown = (figure: keyof typeof MOST_GROWTH): number => growthAnHour(settled, figure);
    return { rssMiB: grown('rssMiB'), openFiles: grown('openFiles'), databaseMiB: grown('databaseMiB') };
  }

  get #isOver(): boolean {
    return performance.now() - this.#startedAt >= this.#stage.pace.minutes * MINUTE_MS;
  }

  async #edit(): Promise<void> {
    const { servers, pace } = this.#stage;
    const random = this.#options.random.named('edits');
    while (!this.#isOver) {
      this.#edits += 1;
      const number = random.integer(1, pace.scenes);
      titled(servers, number, `Edit ${this.#edits}`);
      const { amiss } = await runHook(servers.inboxDir, servers.scene(number).id);
      if (amiss !== null) this.#broken.push(`a hook ended otherwise than Stash may see: ${amiss}`);
      await delay(pace.betweenEditsMs);
    }
  }

  async #disturb(): Promise<void> {
    const { pace } = this.#stage;
    const random = this.#options.random.named('what happens');
    while (!this.#isOver) {
      await delay(random.integer(...pace.quietMs));
      const name = random.isChance(0.6) ? await this.#outage() : await this.#other();
      this.#happened.set(name, (this.#happened.get(name) ?? 0) + 1);
      this.#options.tell(name);
    }
  }

  async #outage(): Promise<string> {
    const { servers, wires, pace } = this.#stage;
    const random = this.#options.random.named(
      `outage ${[...this.#happened.values()].reduce((a, b) => a + b, 0)}`,
    );
    const draw = this.#options.length === 'short' ? drawShortOutage : drawOutage;
    const outage = draw({ plex: servers.plex, stash: servers.stash, wires }, random);
    await outage.begin();
    await delay(random.integer(...pace.outageMs));
    await outage.end();
    return outage.name;
  }

  async #other(): Promise<string> {
    const { servers, daemon, pace } = this.#stage;
    const random = this.#options.random;
    const name = random.pick(['comparisons', 'bulkEdits', 'scans', 'editsInPlexByHand', 'restarts'] as const);
    switch (name) {
      case 'comparisons':
        await daemon.operations.reconcile();
        break;
      case 'bulkEdits':
        await bulkEdit(servers, numbersTo(Math.floor(pace.scenes / 5)), `Bulk ${this.#edits}`);
        break;
      case 'scans':
        servers.stash.scan.complete();
        break;
      case 'editsInPlexByHand': {
        const [section] = servers.plex.library.sections();
        const keys = servers.plex.library.ratingKeys({ sectionKey: section?.key ?? '' });
        servers.plex.library.editAsPerson(random.pick(keys), {
          fields: { studio: `By hand ${this.#edits}` },
        });
        break;
      }
      case 'restarts':
        await servers.plex.goDown();
        await delay(random.integer(...pace.outageMs) / 4);
        await servers.plex.comeBack({ maintenanceMs: random.integer(...pace.outageMs) / 4 });
        break;
    }
    return name;
  }

  async #watch(): Promise<void> {
    while (!this.#isOver) {
      const look = await this.#look();
      if (look !== null && this.#looks.length % 4 === 0) this.#options.tell(JSON.stringify(look));
      await delay(this.#stage.pace.lookEveryMs);
    }
  }

  async #look(): Promise<Look | null> {
    const { servers, daemon } = this.#stage;
    const size = processSize(daemon.process.pid);
    if (size === null) return null;
    const { queue } = await daemon.operations.status();
    const database = ['', '-wal', '-shm'].map((end) => path.join(servers.dataDir, `plexsync.db${end}`));
    const look: Look = {
      seconds: Math.round((performance.now() - this.#startedAt) / 1_000),
      rssMiB: size.rssMiB,
      openFiles: size.openFiles,
      databaseMiB: Math.round((bytesOf(database) / 1024 / 1024) * 100) / 100,
      inboxFiles: readdirSync(servers.inboxDir).length,
      jobs: queue.pending + queue.running + queue.waiting,
    };
    this.#looks.push(look);
    return look;
  }
}

const isOutage = ([name]: readonly [string, number]): boolean =>
  name.startsWith('plex ') || name.startsWith('stash ');
