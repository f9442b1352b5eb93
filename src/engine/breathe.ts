/** Lets timers and answers of the network have their turn: a database in the process blocks them while it works. */
export const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
