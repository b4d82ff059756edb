/**
 * For a provider's own command: ends it silently with exit code 0 when the reader of its output has
 * gone (`… | head -1`). If the output cannot be written (a full disk), it ends with 1 and one line
 * on stderr.
 *
 * @param name The command's name, for that line.
 */
export function endWithStdout(name: string): void {
  process.stdout.on("error", ({ code, message }: NodeJS.ErrnoException) => {
    if (code === "EPIPE") process.exit(0);
    const why = code ?? message;
    process.stderr.write(`${name}: The output cannot be written: ${why}. (OUTPUT_FAILED)\n`);
    process.exit(1);
  });
  // If stderr is gone too, nobody can be told.
  process.stderr.on("error", () => process.exit(1));
}
