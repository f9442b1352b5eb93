import { dirname } from 'node:path';
import * as v from 'valibot';
import { fail, type Result, succeed } from '../core/result.ts';
import type { Operations } from '../engine/operations.ts';
import type { HttpFailure } from '../http/httpFailure.ts';
import { jsonBody } from '../http/jsonBody.ts';
import { createHttpClient, type HttpClient } from '../http/request.ts';
import { isInTempDir } from './controlAddress.ts';
import { CONTROL_PROTOCOL, operationPath } from './controlOperations.ts';
import { isPrivateFolder } from './privateFolder.ts';

/** Why there is nothing to talk to: no daemon at all, or one that we cannot use. */
export interface NoControl {
  readonly kind: 'absent' | 'unusable';
  readonly message: string;
}

/** The daemon did not carry out what it was asked. */
export class ControlError extends Error {
  override readonly name = 'ControlError';
}

const CONNECT_MS = 2_000;
const GREETING_MS = 5_000;
/** A plan of many scenes reads both servers before it says a word. */
const READ_MS = 5 * 60_000;
const LARGEST_ANSWER = 256 * 1024 * 1024;

const Envelope = v.object({
  protocol: v.number(),
  value: v.optional(v.unknown()),
  error: v.optional(v.string()),
});

/** The operations of the daemon that listens at the address; its methods throw {@link ControlError}. */
export async function connectControl(address: string): Promise<Result<Operations, NoControl>> {
  if (isInTempDir(address) && !(await isOurs(dirname(address)))) {
    return fail({ kind: 'absent', message: `no daemon listens at ${address}` });
  }
  const peer = {
    name: 'The PlexSync daemon',
    url: 'http://daemon',
    socketPath: address,
    tlsVerify: true,
    connectTimeoutMs: CONNECT_MS,
  };
  const greet = createHttpClient({ ...peer, readTimeoutMs: GREETING_MS });
  const greeting = await greet({ method: 'GET', path: '/', maxBytes: LARGEST_ANSWER, isRead: true });
  if (!greeting.ok) return fail(noControl(greeting.failure));
  const envelope = v.safeParse(Envelope, orNull(jsonBody(greeting.value)));
  if (!envelope.success || envelope.output.protocol !== CONTROL_PROTOCOL) {
    return fail({
      kind: 'unusable',
      message: 'The running daemon is another version of PlexSync than this command: restart the daemon.',
    });
  }
  return succeed(operationsOver(createHttpClient({ ...peer, readTimeoutMs: READ_MS })));
}

const noControl = (failure: HttpFailure): NoControl => ({
  kind: failure.kind === 'refused' ? 'absent' : 'unusable',
  message: failure.message,
});

const isOurs = (folder: string): Promise<boolean> => isPrivateFolder(folder).catch(() => false);

const orNull = <Value>(result: Result<Value, unknown>): Value | null => (result.ok ? result.value : null);

type Answer<Name extends keyof Operations> = Awaited<ReturnType<Operations[Name]>>;

function operationsOver(http: HttpClient): Operations {
  const call = async <Name extends keyof Operations>(
    name: Name,
    ...[input]: Parameters<Operations[Name]>
  ): Promise<Answer<Name>> => {
    const response = await http({
      method: 'POST',
      path: operationPath(name),
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ input }),
      maxBytes: LARGEST_ANSWER,
      isRead: false,
    });
    if (!response.ok) throw new ControlError(refusalOf(response.failure));
    const body = jsonBody(response.value);
    if (!body.ok) throw new ControlError(body.failure.message);
    // The same protocol number means the same types at both ends.
    return v.parse(Envelope, body.value).value as Answer<Name>;
  };
  return {
    status: () => call('status'),
    queue: (request) => call('queue', request),
    dead: (request) => call('dead', request),
    sync: (request) => call('sync', request),
    reconcile: () => call('reconcile'),
    cancelReconcile: () => call('cancelReconcile'),
    pauseReconcile: () => call('pauseReconcile'),
    resumeReconcile: () => call('resumeReconcile'),
    runFirstSync: () => call('runFirstSync'),
    gaps: (request) => call('gaps', request),
    retry: (selection) => call('retry', selection),
    clearDead: (selection) => call('clearDead', selection),
    clearQueue: () => call('clearQueue'),
    doctor: () => call('doctor'),
    plan: (scenes) => call('plan', scenes),
    planPage: (request) => call('planPage', request),
    testNotification: () => call('testNotification'),
    history: (request) => call('history', request),
    planUndo: (request) => call('planUndo', request),
    undo: (request) => call('undo', request),
    undoReport: (request) => call('undoReport', request),
    hold: (request) => call('hold', request),
    release: (request) => call('release', request),
    holds: (request) => call('holds', request),
    scene: (request) => call('scene', request),
    scenes: (request) => call('scenes', request),
    searchScenes: (request) => call('searchScenes', request),
    pin: (request) => call('pin', request),
    unpin: (request) => call('unpin', request),
    resume: () => call('resume'),
    adoptServer: () => call('adoptServer'),
  };
}

/** What the daemon says about it, if it says something. */
function refusalOf(failure: HttpFailure): string {
  if (failure.kind !== 'status') return failure.message;
  const body = v.safeParse(v.pipe(v.string(), v.parseJson(), Envelope), failure.body);
  return (body.success ? body.output.error : undefined) ?? failure.message;
}
