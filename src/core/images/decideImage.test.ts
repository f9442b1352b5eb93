import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CoverHead } from './cover.ts';
import {
  decideImage,
  type ImageDecision,
  isAsVerified,
  isImageInQuestion,
  isItemNeeded,
  isListNeeded,
} from './decideImage.ts';
import { type ImageBase, NO_IMAGE_BASE } from './imageBase.ts';
import type { PlexImage } from './imageKind.ts';
import { settledBase } from './nextImageBase.ts';

/** A Plex with one item, whose path moves with every change. */
interface PlexSide {
  keys: string[];
  selected: string | null;
  isLocked: boolean;
  version: number;
}

/** What happens: looks of ours, and what people do on either side. */
type Event =
  | { readonly kind: 'look' | 'edit' | 'crash' }
  | { readonly kind: 'cover'; readonly cover: string }
  | { readonly kind: 'person'; readonly key: string; readonly locks: boolean };

const keyOf = (cover: string): string => `upload://posters/${cover}`;
const headOf = (cover: string): CoverHead => ({
  tag: cover,
  size: 1,
  format: cover === 'svg' ? 'svg' : 'png',
});

const eventArbitrary: fc.Arbitrary<Event> = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ kind: 'look' } as const) },
  fc.constant({ kind: 'edit' } as const),
  fc.constant({ kind: 'crash' } as const),
  fc.record({ kind: fc.constant('cover' as const), cover: fc.constantFrom('a', 'b', 'svg') }),
  fc.record({
    kind: fc.constant('person' as const),
    key: fc.constantFrom('upload://posters/theirs', 'media://file'),
    locks: fc.boolean(),
  }),
);

class Model {
  readonly plex: PlexSide = { keys: ['media://file'], selected: 'media://file', isLocked: false, version: 0 };
  readonly preservePlexEdits: boolean;
  cover = 'a';
  stamp = 0;
  base: ImageBase | null = null;
  uploads = 0;
  lists = 0;

  constructor(preservePlexEdits: boolean) {
    this.preservePlexEdits = preservePlexEdits;
  }

  play(event: Event): void {
    switch (event.kind) {
      case 'look':
        this.look({ isCut: false });
        return;
      case 'crash':
        this.look({ isCut: true });
        return;
      case 'edit':
        this.stamp += 1;
        return;
      case 'cover':
        this.stamp += 1;
        this.cover = event.cover;
        return;
      case 'person':
        this.select(event.key);
        this.plex.isLocked ||= event.locks;
    }
  }

  /** `isCut`: the process dies when Plex has taken the image and nobody has noted it. */
  look({ isCut }: { readonly isCut: boolean }): ImageDecision {
    const cover = this.base?.stamp === String(this.stamp) ? null : headOf(this.cover);
    const facts = {
      kind: 'poster' as const,
      base: this.base,
      cover,
      item: {
        imagePaths: { poster: `/thumb/${this.plex.version}`, background: '' },
        lockedFields: new Set(this.plex.isLocked ? ['thumb'] : []),
      },
      preservePlexEdits: this.preservePlexEdits,
      locksFields: true,
    };
    const list = isListNeeded(facts) ? this.list() : null;
    const decision = decideImage(facts, list);
    const isSelectionKnown = list !== null || isAsVerified(facts);
    const key = decision.key ?? keyOf(this.cover);
    const sent = decision.act === 'nothing' ? null : { key, coverTag: this.cover };
    if (sent !== null) {
      if (decision.act === 'upload') this.uploads += 1;
      this.base = { ...(this.base ?? NO_IMAGE_BASE), intended: sent };
      this.select(key);
      if (isCut) return decision;
      this.plex.isLocked = true;
    }
    const looked = { base: this.base, cover, stamp: String(this.stamp) };
    const pathNow = `/thumb/${this.plex.version}`;
    this.base = settledBase({ ...looked, decision, isSelectionKnown, sent, pathNow });
    return decision;
  }

  private list(): readonly PlexImage[] {
    this.lists += 1;
    return this.plex.keys.map((key) => ({ key, isSelected: key === this.plex.selected }));
  }

  private select(key: string): void {
    if (!this.plex.keys.includes(key)) this.plex.keys.push(key);
    this.plex.selected = key;
    this.plex.version += 1;
  }
}

/** A run takes some microseconds, and what goes wrong takes several steps. */
const MANY = { numRuns: 1_000 };

const played = (events: readonly Event[], preserve: boolean): Model => {
  const model = new Model(preserve);
  for (const event of events) model.play(event);
  return model;
};

test('two looks with nothing between them: the second does nothing and asks nothing', () => {
  fc.assert(
    fc.property(fc.array(eventArbitrary, { maxLength: 20 }), fc.boolean(), (events, preserve) => {
      const model = played(events, preserve);
      model.look({ isCut: false });
      const { lists } = model;
      const second = model.look({ isCut: false });
      expect(second.act).toBe('nothing');
      expect(model.lists).toBe(lists);
      const base = model.base ?? undefined;
      const now = { updatedAt: String(model.stamp), preservePlexEdits: preserve };
      expect(isImageInQuestion(base, now)).toBe(false);
      expect(isItemNeeded({ base: model.base, cover: null, preservePlexEdits: preserve })).toBe(false);
    }),
    MANY,
  );
});

test('where Stash wins, a look makes the cover the locked poster, whatever went before', () => {
  fc.assert(
    fc.property(fc.array(eventArbitrary, { maxLength: 20 }), (events) => {
      const model = played(events, false);
      model.look({ isCut: false });
      if (model.cover === 'svg') return;
      expect(model.plex).toMatchObject({ selected: keyOf(model.cover), isLocked: true });
    }),
    MANY,
  );
});

test('with preserve_plex_edits, what a person selected last stays for ever', () => {
  const theirs = fc.constant({ kind: 'person', key: 'upload://posters/theirs', locks: true } as const);
  const ours = eventArbitrary.filter(({ kind }) => kind !== 'person');
  fc.assert(
    fc.property(
      fc.array(eventArbitrary, { maxLength: 12 }),
      theirs,
      fc.array(ours, { maxLength: 12 }),
      (before, person, after) => {
        const model = played([...before, person, ...after], true);
        expect(model.plex.selected).toBe('upload://posters/theirs');
      },
    ),
    MANY,
  );
});

test('nothing goes up twice in a row for one cover', () => {
  fc.assert(
    fc.property(fc.array(eventArbitrary, { maxLength: 20 }), (events) => {
      const quiet = events.filter(({ kind }) => kind !== 'person');
      const model = played(quiet, false);
      const changes = quiet.filter(({ kind }) => kind === 'cover').length;
      expect(model.uploads).toBeLessThanOrEqual(changes + 1);
    }),
    MANY,
  );
});
