/** The daemon of the plugin folder: daemon.cjs. */
export function main(): void {
  process.exitCode = 0;
}

main();
