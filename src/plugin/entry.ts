/** The command line of the plugin folder: entry.cjs. */
export function main(): void {
  process.exitCode = 0;
}

main();
