import { beforeEach, describe, expect, test, vi } from 'vitest';
import { HookSignIn } from './hookSignIn.ts';

const cookie = (value: string) => ({ name: 'session', value });
const onRenewed = vi.fn<() => void>();
let signIn: HookSignIn;
beforeEach(() => {
  onRenewed.mockClear();
  signIn = new HookSignIn(onRenewed);
});

describe('signing in as the plugin', () => {
  test('sends nothing before anything is known: an open Stash needs nothing', () => {
    expect(signIn.headers()).toEqual({});
    expect(signIn.noteRefusal({})).toBe(false);
  });

  test('sends the newest cookie, and goes on with the one that Stash prolongs it by', () => {
    signIn.useCookie(cookie('one'));
    signIn.useCookie(cookie('two'));
    expect(signIn.headers()).toEqual({ Cookie: 'session=two' });
    signIn.noteAnswer({ 'set-cookie': ['other=x; Path=/', 'session=three; Path=/; Max-Age=3600'] });
    expect(signIn.headers()).toEqual({ Cookie: 'session=three' });
    signIn.noteAnswer({});
    expect(signIn.headers()).toEqual({ Cookie: 'session=three' });
  });

  test('sends the key alone once there is one', () => {
    signIn.useCookie(cookie('one'));
    signIn.useApiKey('key');
    expect(signIn.headers()).toEqual({ ApiKey: 'key' });
  });

  test('tries without a key that is refused, once, and takes a new one up', () => {
    signIn.useCookie(cookie('one'));
    signIn.useApiKey('old');
    expect(signIn.noteRefusal({ ApiKey: 'old' })).toBe(true);
    expect(signIn.headers()).toEqual({ Cookie: 'session=one' });
    expect(signIn.noteRefusal({ Cookie: 'session=one' })).toBe(false);
    signIn.useApiKey('new');
    expect(signIn.headers()).toEqual({ ApiKey: 'new' });
  });

  test('a request that was on its way with the old key when the new one came is sent again', () => {
    signIn.useApiKey('old');
    signIn.useApiKey('new');
    expect(signIn.noteRefusal({ ApiKey: 'old' })).toBe(true);
    expect(signIn.headers()).toEqual({ ApiKey: 'new' });
  });

  test('takes away the key when Stash has none any more', () => {
    signIn.useApiKey('key');
    signIn.useApiKey('');
    expect(signIn.headers()).toEqual({});
  });

  test('says when there is something new, and only then', () => {
    signIn.useApiKey('key');
    signIn.useApiKey('key');
    expect(onRenewed).toHaveBeenCalledTimes(1);
    signIn.useCookie(cookie('one'));
    expect(onRenewed).toHaveBeenCalledTimes(2);
    signIn.noteAnswer({ 'set-cookie': ['session=two'] });
    expect(onRenewed).toHaveBeenCalledTimes(2);
  });
});
