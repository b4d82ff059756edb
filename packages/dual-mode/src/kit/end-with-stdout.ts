/**
 * For a command of a provider's own: who reads its output no more (`… | head -1`) ends it with 0 and
 * no word; where the output cannot be written (a full disk), it ends with 1 and one line on stderr.
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
  // Where stderr is gone too, there is nobody to tell.
  process.stderr.on("error", () => process.exit(1));
}
