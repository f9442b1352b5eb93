const LOOK_EVERY_MS = 20;
const PATIENCE_MS = 30_000;

/** Prints what happens, and keeps count of what was to happen and did not. */
export class Telling {
  #failed = 0;
  #seen = 0;

  get failed(): number {
    return this.#failed;
  }

  get seen(): number {
    return this.#seen;
  }

  act(title: string): void {
    console.log(`\n${title}`);
  }

  /** Waits until it is so, and says how long that took. */
  async see(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
    const startedAt = performance.now();
    for (;;) {
      if (await isSo()) break;
      if (performance.now() - startedAt > PATIENCE_MS) {
        this.#failed += 1;
        console.log(`  ✗ ${what}: not seen within ${PATIENCE_MS / 1000} s`);
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
    this.#seen += 1;
    console.log(`  ✓ ${what} (${Math.round(performance.now() - startedAt)} ms)`);
  }

  check(what: string, isSo: boolean): void {
    if (isSo) this.#seen += 1;
    else this.#failed += 1;
    console.log(`  ${isSo ? '✓' : '✗'} ${what}`);
  }

  note(text: string): void {
    console.log(`    ${text}`);
  }
}
