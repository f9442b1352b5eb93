import { TAG_KIND_NAMES, type Tagging, type TagKind } from './model.ts';
import { isPrivateUrl } from './privateUrl.ts';
import { percentDecoded, type QueryEntry } from './query.ts';
import type { Switches } from './switches.ts';
import type { TagStore } from './tags.ts';

/** What one request asks of one list of tags (plex reference §3.3). */
export interface TagEdit {
  readonly entries: readonly TagEntry[];
  readonly removed: readonly string[];
  readonly removesAll: boolean;
}

/** Undefined: not sent at all, which is not the same as sent empty. */
interface TagEntry {
  readonly name: string;
  readonly text: string | undefined;
  readonly thumb: string | undefined;
}

const INDEXED = /^(\w+)\[(\d+)\]\.(tag|tagging)\.(\w+)$/;
const REMOVED = /^(\w+)\[\]\.tag\.tag-$/;
const CLEARED = /^(\w+)\[\]\.tag$/;

export function tagEditsFrom(
  entries: readonly QueryEntry[],
  switches: Switches,
): ReadonlyMap<TagKind, TagEdit> {
  const edits = TAG_KIND_NAMES.map((kind) => {
    const [listed] = valuesOf(entries, REMOVED, kind).slice(-1);
    const isCleared = valuesOf(entries, CLEARED, kind).some((one) => one.value === '');
    const edit: TagEdit = {
      entries: indexedOf(entries, kind, switches),
      // Split first, decoded after: a name with a comma comes encoded twice.
      removed: (listed?.value ?? '')
        .split(',')
        .map((name) => cleaned(percentDecoded(name), switches))
        .filter((name) => name !== ''),
      removesAll: isCleared && switches.clearAllTags === 'removes',
    };
    return [kind, edit] as const;
  });
  return new Map(
    edits.filter(([, edit]) => edit.entries.length + edit.removed.length > 0 || edit.removesAll),
  );
}

const valuesOf = (entries: readonly QueryEntry[], pattern: RegExp, kind: TagKind) =>
  entries.filter((entry) => pattern.exec(entry.key)?.[1] === kind);

const cleaned = (name: string, switches: Switches): string =>
  switches.tagSpaces === 'trimmed' ? name.trim() : name;

function indexedOf(entries: readonly QueryEntry[], kind: TagKind, switches: Switches): readonly TagEntry[] {
  const byIndex = new Map<number, Map<string, string>>();
  for (const { key, value } of valuesOf(entries, INDEXED, kind)) {
    const [, , index, object, attribute] = INDEXED.exec(key) ?? [];
    const linked = byIndex.get(Number(index)) ?? new Map<string, string>();
    byIndex.set(Number(index), linked.set(`${object}.${attribute}`, value));
  }
  return [...byIndex]
    .sort(([a], [b]) => a - b)
    .flatMap(([, linked]) => {
      const name = linked.get('tag.tag');
      if (name === undefined) return [];
      return [
        { name: cleaned(name, switches), text: linked.get('tagging.text'), thumb: linked.get('tag.thumb') },
      ];
    })
    .filter((entry) => entry.name !== '' || switches.emptyTag === 'created');
}

interface TagSurroundings {
  readonly kind: TagKind;
  readonly sectionKey: string;
  readonly tags: TagStore;
  readonly switches: Switches;
  /** Several items in one request are always appended to. */
  readonly isSingle: boolean;
}

/** The list after the edit. Names both removed and sent end up present (plex reference §3.3). */
export function withTagEdit(
  held: readonly Tagging[],
  edit: TagEdit,
  around: TagSurroundings,
): readonly Tagging[] {
  const { kind, sectionKey, tags, switches } = around;
  const isReplaced = edit.entries.length > 0 && around.isSingle && switches.tagWrite === 'replace';
  const removed = new Set(edit.removed.map((name) => tags.find(kind, name, sectionKey)?.id));
  const list = isReplaced || edit.removesAll ? [] : held.filter(({ tagId }) => !removed.has(tagId));
  const sent = new Set<number>();
  for (const entry of edit.entries) {
    const known = tags.find(kind, entry.name, sectionKey);
    const isRepeated = known !== undefined && sent.has(known.id);
    const { id, thumb } = isRepeated ? known : tags.write(kind, entry.name, sectionKey);
    if (isNewPhoto(entry.thumb, thumb, switches)) tags.setThumb(id, entry.thumb);
    const before = held.find(({ tagId }) => tagId === id);
    const keptText = switches.resentActor === 'keeps-role' ? (before?.text ?? '') : '';
    const tagging = { tagId: id, text: entry.text ?? keptText };
    const place = list.findIndex(({ tagId }) => tagId === id);
    sent.add(id);
    if (place < 0 || (isRepeated && switches.duplicateTags === 'kept')) list.push(tagging);
    else if (!isRepeated) list[place] = tagging;
  }
  return list;
}

/** A photo on a private address is silently not taken (plex reference §3.3). */
function isNewPhoto(sent: string | undefined, held: string, switches: Switches): sent is string {
  if (sent === undefined || sent === held) return false;
  if (sent !== '' && switches.privateUrls === 'refused' && isPrivateUrl(sent)) return false;
  return held === '' || switches.personPhoto === 'replaced';
}
