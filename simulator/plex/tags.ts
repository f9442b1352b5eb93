import type { TagKind } from './model.ts';
import type { Switches } from './switches.ts';

/** A tag belongs to the server; items only point to it, and a person's photo is the same on all of them. */
export interface Tag {
  readonly id: number;
  readonly kind: TagKind;
  readonly name: string;
  readonly thumb: string;
}

/** Labels get a capital (plex reference §3.3). */
const spelled = (kind: TagKind, name: string): string =>
  kind === 'label' ? name.charAt(0).toUpperCase() + name.slice(1) : name;

export class TagStore {
  readonly #switches: Switches;
  readonly #byId = new Map<number, Tag>();
  readonly #idByName = new Map<string, number>();
  #isUsed: (tag: Tag) => boolean = () => true;

  constructor(switches: Switches) {
    this.#switches = switches;
  }

  /** The library tells which tags items hold; asked only when a spelling differs. */
  askUseOf(isUsed: (tag: Tag) => boolean): void {
    this.#isUsed = isUsed;
  }

  /** Throws on an id that was never given out: that would be a bug of the simulator. */
  get(id: number): Tag {
    const tag = this.#byId.get(id);
    if (tag === undefined) throw new Error(`no tag ${id}`);
    return tag;
  }

  find(kind: TagKind, name: string, sectionKey: string): Tag | undefined {
    const id = this.#idByName.get(this.#folded(kind, name, sectionKey));
    return id === undefined ? undefined : this.#byId.get(id);
  }

  /** The tag of that name, made if missing. */
  intern(kind: TagKind, name: string, sectionKey: string): Tag {
    const held = this.find(kind, name, sectionKey);
    if (held !== undefined) return held;
    const tag: Tag = { id: 101 + this.#byId.size * 2, kind, name: spelled(kind, name), thumb: '' };
    this.#idByName.set(this.#folded(kind, name, sectionKey), tag.id);
    return this.#keep(tag);
  }

  /** As an edit writes it: in the stored spelling, unless no item holds the tag any more. */
  write(kind: TagKind, name: string, sectionKey: string): Tag {
    const held = this.intern(kind, name, sectionKey);
    const isRespelled = held.name !== spelled(kind, name) && this.#switches.recasing === 'once-unused';
    return isRespelled && !this.#isUsed(held) ? this.#keep({ ...held, name: spelled(kind, name) }) : held;
  }

  setThumb(id: number, thumb: string): void {
    this.#keep({ ...this.get(id), thumb });
  }

  #keep(tag: Tag): Tag {
    this.#byId.set(tag.id, tag);
    return tag;
  }

  #folded(kind: TagKind, name: string, sectionKey: string): string {
    const scope = this.#switches.tagSpelling === 'section' ? sectionKey : '';
    return `${kind}\n${scope}\n${name.toLowerCase()}`;
  }
}
