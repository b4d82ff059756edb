import { Writable } from "node:stream";

/**
 * Returns a stream that only messages are written to. Anything else written to stdout, by a package
 * or by Node.js, goes to stderr from now on: between messages, it would end the connection.
 */
export function ownStdout(): Writable {
  const { stdout, stderr } = process;
  const write = stdout.write.bind(stdout);
  const own = new Writable({
    write: (chunk: Buffer, _encoding, done) => void write(chunk, done),
  });
  stdout.write = stderr.write.bind(stderr) as typeof stdout.write;
  return own;
}
