import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { availableShells, PluginFolder, SILENT } from './hookRun.ts';

const isRoot = process.getuid?.() === 0;
if (!isRoot)
  console.warn('skipped: hook.sh and the daemon as two users, because only root can act as others');

const GROUP = 4_100;
const STASH = { uid: 4_001, gid: 4_001 };
const STASH_IN_GROUP = { uid: 4_001, gid: GROUP };
const DAEMON = { uid: 4_002, gid: GROUP };
const STRANGER = { uid: 4_003, gid: 4_003 };

/** The daemon elsewhere has made the inbox theirs: setgid, and with `external` in it. */
describe.skipIf(!isRoot).each(availableShells())(
  'hook.sh under $name and a daemon of another user',
  (shell) => {
    let folder: PluginFolder;
    beforeEach(() => {
      folder = new PluginFolder(shell);
      folder.prepareInbox();
      writeFileSync(path.join(folder.inbox, 'external'), '');
      chmodSync(folder.root, 0o755);
    });
    afterEach(() => folder.remove());

    const giveInboxTo = (user: { readonly uid: number }): void => {
      chownSync(folder.inbox, user.uid, GROUP);
      chmodSync(folder.inbox, 0o2770);
    };
    const readAs = (user: { readonly uid: number; readonly gid: number }, file: string): string | null => {
      const run = spawnSync('cat', [file], { ...user, encoding: 'utf8' });
      return run.status === 0 ? run.stdout : null;
    };
    const env = () => ({ PLEXSYNC_INBOX_DIR: folder.inbox });

    test('an event of a Stash outside the group is readable by the group, and by nobody else', async () => {
      giveInboxTo(STASH);
      const document = folder.recorded('scene-update');
      expect(await folder.run(document, { env: env(), user: STASH })).toEqual(SILENT);
      const [name = ''] = folder.eventNames();
      const event = path.join(folder.inbox, name);
      expect(statSync(event)).toMatchObject({ uid: STASH.uid, gid: GROUP });
      expect(readAs(DAEMON, event)).toBe(document);
      expect(readAs(STRANGER, event)).toBeNull();
      expect(spawnSync('rm', ['-f', event], DAEMON).status).toBe(0);
    });

    test('a request and its answer, and a notice, go from one to the other', async () => {
      giveInboxTo(DAEMON);
      const asDaemon = (script: string): void =>
        expect(spawnSync('sh', ['-c', `umask 007; ${script}`], { ...DAEMON, cwd: folder.inbox }).status).toBe(
          0,
        );
      asDaemon('echo whello >notice');

      const run = folder.run(folder.recorded('operation'), {
        as: 'operation',
        env: env(),
        user: STASH_IN_GROUP,
      });
      const [id = ''] = await vi.waitFor(() => {
        expect(folder.requestIds()).toHaveLength(1);
        return folder.requestIds();
      });
      asDaemon(
        `mkdir -m 2770 outbox; cat r1-${id} >outbox/.new && rm -f r1-${id} && mv outbox/.new outbox/${id}.json`,
      );
      expect(await run).toEqual({
        ...SILENT,
        stdout: folder.recorded('operation'),
        stderr: '\u0001w\u0002hello\n',
      });
      expect(spawnSync('sh', ['-c', 'ls -A . outbox'], { cwd: folder.inbox, encoding: 'utf8' }).stdout).toBe(
        '.:\nalive\nexternal\noutbox\n\noutbox:\n',
      );
    });
  },
);
