/**
 * Everything about Plex that is doubtful ([U] in the reference) or that a user's set-up decides. The default
 * is what we believe of a real server, or the harder side where we believe nothing. The type of a set of
 * switches, the command line and its help are all made from this one table.
 */
interface SwitchDeclaration {
  /** The first one is the default. */
  readonly sides: readonly [string, string, ...string[]];
  readonly words: string;
  /** Section of the Plex reference. */
  readonly reference: string;
}

export const SWITCHES = {
  // Transport
  jsonNumbers: {
    sides: ['mixed', 'numbers'],
    words: 'JSON details give container size, librarySectionID and ids of media and parts as strings',
    reference: '§1',
  },
  jsonBooleans: {
    sides: ['true-false', 'one-zero'],
    words: 'how JSON writes booleans',
    reference: '§8.2',
  },
  framing: {
    sides: ['content-length', 'chunked'],
    words: 'chunked bodies are split inside multi-byte characters',
    reference: '§8.10',
  },
  plainHttp: {
    sides: ['served', 'redirected', 'reset'],
    words: 'what happens to http when the server requires secure connections',
    reference: '§1',
  },
  urlLimit: {
    sides: ['8192', '4096', 'none'],
    words: 'bytes of URL above which the proxy in front answers 414',
    reference: '§3.8',
  },
  plusInQuery: {
    sides: ['space', 'literal'],
    words: 'how "+" in a query value is decoded (scan paths: always a space)',
    reference: '§3.1',
  },
  guestEdits: {
    sides: ['403', '401'],
    words: 'answer to an edit with a token that is not the owner’s',
    reference: '§8.5',
  },
  guestPrefs: {
    sides: ['403', '401', 'served'],
    words: 'the preferences of the server, asked for with a token that is not the owner’s',
    reference: '§8.5',
  },
  dateHeader: {
    sides: ['now', 'an-hour-ahead', 'absent'],
    words: 'the Date of every answer',
    reference: '§1',
  },
  // Lists and details
  totalSize: {
    sides: ['only-paged', 'always'],
    words: 'when a list tells its totalSize',
    reference: '§1',
  },
  pageSize: {
    sides: ['as-asked', 'at-most-50'],
    words: 'pages may be shorter than asked for',
    reference: '§1',
  },
  unpagedList: {
    sides: ['slow', 'fast'],
    words: 'a list of more than 1000 items asked for in one piece takes 0.4 ms an item',
    reference: '§2',
  },
  unknownFilter: {
    sides: ['ignored', '400'],
    words: 'a filter the server does not know',
    reference: '§8.23',
  },
  badIdInDetails: {
    sides: ['left-out', '404'],
    words: 'one unknown id among several asked for',
    reference: '§2',
  },
  updatedAtOfNewItems: {
    sides: ['present', 'absent'],
    words: 'items that were never refreshed or edited may lack updatedAt',
    reference: '§2',
  },
  // Edits
  tagWrite: {
    sides: ['append', 'replace'],
    words: 'what indexed tags of an edit of one item do to those it holds (several items: always append)',
    reference: '§3.3',
  },
  valueWithoutLock: {
    sides: ['locks', 'no-effect'],
    words: 'a scalar value sent without its lock',
    reference: '§3.2',
  },
  badIdInEdit: {
    sides: ['ignored', '404'],
    words: 'an edit naming an id that is unknown or of another library',
    reference: '§8.28',
  },
  missingTypeInEdit: {
    sides: ['400', 'accepted'],
    words: 'an edit without type=1',
    reference: '§8.28',
  },
  yearEdit: {
    sides: ['ignored', 'applied'],
    words: 'year.value',
    reference: '§3.2',
  },
  titleSortAfterTitleEdit: {
    sides: ['recomputed', 'kept'],
    words: 'an unlocked titleSort when the title is edited',
    reference: '§3.2',
  },
  duplicateTags: {
    sides: ['kept', 'dropped'],
    words: 'a name sent twice in one request',
    reference: '§3.3',
  },
  tagSpaces: {
    sides: ['trimmed', 'kept'],
    words: 'spaces around a tag name',
    reference: '§8.33',
  },
  emptyTag: {
    sides: ['ignored', 'created'],
    words: 'an empty tag name',
    reference: '§8.33',
  },
  tagOrder: {
    sides: ['as-sent', 'by-name'],
    words: 'order of an item’s tags in its details',
    reference: '§3.3',
  },
  tagSpelling: {
    sides: ['server', 'section'],
    words: 'how far an existing spelling of a tag reaches',
    reference: '§3.3',
  },
  recasing: {
    sides: ['once-unused', 'never'],
    words: 'whether a tag no item holds takes the spelling it is next written with',
    reference: '§3.3',
  },
  clearAllTags: {
    sides: ['removes', 'ignored'],
    words: '`genre[].tag=` with no value',
    reference: '§3.3',
  },
  resentActor: {
    sides: ['loses-role', 'keeps-role'],
    words: 'an actor already held, sent again without its role',
    reference: '§3.3',
  },
  personPhoto: {
    sides: ['replaced', 'kept'],
    words: 'tag.thumb for a person that has a photo',
    reference: '§3.3',
  },
  privateUrls: {
    sides: ['refused', 'fetched'],
    words: 'photo and poster URLs on private addresses (refused since 1.43.5)',
    reference: '§3.3',
  },
  tagsVisible: {
    sides: ['labels-late', 'all-late', 'at-once'],
    words: 'which tag changes show in details only 1.5 s after the edit',
    reference: '§3.8',
  },
  editAlerts: {
    sides: ['processed', 'all-states', 'none'],
    words: 'timeline states an edit through the API emits',
    reference: '§3.8',
  },
  noneAgentRefresh: {
    sides: ['keeps', 'retitles'],
    words: 'whether a refresh without an agent puts an unlocked title back to the file name',
    reference: '§3.4',
  },
  // Images
  pictureResizing: {
    sides: ['works', 'missing'],
    words: 'whether `/photo/:/transcode` makes an image smaller, or is not there',
    reference: '[U], not in the reference',
  },
  posterReply: {
    sides: ['empty', 'path'],
    words: 'body of a successful poster call',
    reference: '§3.6',
  },
  uploadLocks: {
    sides: ['locks', 'leaves'],
    words: 'whether an upload locks thumb or art',
    reference: '§3.6',
  },
  repeatedUpload: {
    sides: ['selects', 'leaves'],
    words: 'whether posting the same bytes again selects them',
    reference: '§3.6',
  },
  uploadNames: {
    sides: ['sha1', 'own'],
    words: 'by what the list of images names an upload: the SHA-1 of its bytes, or something of its own',
    reference: '§3.6',
  },
  badImage: {
    sides: ['400', '500'],
    words: 'answer to bytes that are no image, or more than 10,480,000',
    reference: '§8.38',
  },
  unreachableImage: {
    sides: ['200', '400'],
    words: 'answer to a poster URL the server cannot or may not fetch; nothing changes',
    reference: '§8.38',
  },
  // Scans and trash
  autoEmptyTrash: {
    sides: ['on', 'off'],
    words: 'whether a scan drops items whose files are missing, or trashes them',
    reference: '§4',
  },
  trashedInLists: {
    sides: ['listed', 'left-out'],
    words: 'whether lists show items in the trash',
    reference: '§4',
  },
  unmountedRoot: {
    sides: ['inaccessible', 'trashed'],
    words: 'what a scan makes of items under a folder that is not mounted',
    reference: '§8.44',
  },
  movedFile: {
    sides: ['new-key', 'same-key'],
    words: 'the item of a file that moved between two scans',
    reference: '§4',
  },
  scanStart: {
    sides: ['late', 'at-once'],
    words: 'whether `refreshing` is still false for 0.5 s after the request',
    reference: '§4',
  },
  // Notifications
  alertDelivery: {
    sides: ['once', 'doubled', 'grouped', 'lost'],
    words: 'timeline entries come one a frame, each twice, many in a frame in reverse order, or not at all',
    reference: '§5',
  },
  alertTimes: {
    sides: ['told', 'left-out'],
    words: 'whether a timeline entry says the updatedAt of its item',
    reference: '§5',
  },
  deletionAlert: {
    sides: ['minus-one', 'section'],
    words: 'sectionID and type of a deletion',
    reference: '§5',
  },
} as const satisfies Record<string, SwitchDeclaration>;

export type SwitchName = keyof typeof SWITCHES;
export type Switches = { [Name in SwitchName]: (typeof SWITCHES)[Name]['sides'][number] };

export const SWITCH_NAMES = Object.keys(SWITCHES) as readonly SwitchName[];

/** Throws on a name or side the table does not have, naming what it has. */
export function setSwitch(switches: Switches, name: string, side: string): void {
  const known = SWITCH_NAMES.find((one) => one === name);
  if (known === undefined) throw new Error(`unknown switch ${name}: see --help`);
  const sides: readonly string[] = SWITCHES[known].sides;
  if (!sides.includes(side)) throw new Error(`switch ${name} has no side ${side}: ${sides.join(' | ')}`);
  Object.assign(switches, { [known]: side });
}

export function defaultSwitches(): Switches {
  const pairs = SWITCH_NAMES.map((name) => [name, SWITCHES[name].sides[0]]);
  return Object.fromEntries(pairs) as Switches;
}
