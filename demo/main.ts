import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { ACTS, type Expected } from './acts.ts';
import { type Stage, setStage } from './stage.ts';
import { Telling } from './telling.ts';

/** Shows PlexSync at work against both simulators. The exit code tells whether all was seen. */
async function demo(): Promise<number> {
  console.log('PlexSync with a simulated Stash and Plex: real HTTP, real hook.sh, a real daemon.');
  const tell = new Telling();
  const expected: Expected = new Map();
  const stage = await setStage(40);
  try {
    await stage.startDaemon();
    for (const act of ACTS) await act({ stage, tell, expected });
    tell.act('What PlexSync must never do');
    stage.plex.log.assertHarmless();
    tell.check('no edit of a whole library, no deletion, no emptied trash', true);
    await checkWithPlexapi(stage, tell, expected);
  } finally {
    await stage.close();
  }
  console.log(`\n${tell.seen} seen, ${tell.failed} not seen.`);
  return tell.failed === 0 ? 0 : 1;
}

/** The end state through python-plexapi, a client that none of us wrote, where a Python with it is named. */
async function checkWithPlexapi(stage: Stage, tell: Telling, expected: Expected): Promise<void> {
  const python = process.env['PLEXSYNC_PYTHON'];
  tell.act('The end state, seen by python-plexapi');
  if (python === undefined) {
    tell.note('python-plexapi: not looked at, because PLEXSYNC_PYTHON names no Python that has it.');
    return;
  }
  const script = path.resolve(import.meta.dirname, '../test/contract/demo_end_state.py');
  const child = spawn(python, [script, stage.plex.url, stage.token, 'Movies'], {
    stdio: ['pipe', 'inherit', 'inherit'],
  });
  child.stdin.end(JSON.stringify(Object.fromEntries(expected)));
  const [code] = await once(child, 'close');
  tell.check(`${expected.size} items are as the edits say`, code === 0);
}

process.exitCode = await demo();
