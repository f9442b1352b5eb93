/**
 * The operation that Stash's pages ask for when they open (hook.sh knows it, too): it starts a daemon where none
 * is alive and lends it the session; the answer says nothing.
 */
export const WAKE = 'wake';
