import { UsageError } from "./usage-error.ts";

/** Everything on stdin, without its last line end. Throws where stdin is a terminal. */
export async function readStdin(what: string): Promise<string> {
  if (process.stdin.isTTY) {
    throw new UsageError(
      `The ${what} is missing.`,
      `Give it on stdin${what === "prompt" ? " or as words" : ""}.`,
    );
  }
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks)
    .toString("utf8")
    .replace(/\r?\n$/, "");
}
