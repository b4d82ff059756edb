import { expect, it } from "vitest";
import { readBodyLines } from "../../src/http/body-lines.ts";

async function read(pieces: readonly string[]): Promise<unknown[]> {
  const encoder = new TextEncoder();
  const body = ReadableStream.from(pieces.map((piece) => encoder.encode(piece)));
  const values: unknown[] = [];
  for await (const value of readBodyLines(body as ReadableStream<Uint8Array>)) values.push(value);
  return values;
}

it("reads a line in whatever pieces it comes, the last one without a line feed too", async () => {
  expect(await read(['{"a":"', "\u2028", '"}\r\n\n[1', "]\n3"])).toEqual([{ a: "\u2028" }, [1], 3]);
});

it("passes over what is not JSON, and reads what is around it", async () => {
  expect(await read(["1\n{oops\n2\n", '{"cut'])).toEqual([1, 2]);
});

it("passes over a line that is too long, and reads what is around it", async () => {
  const mebi = "1".repeat(1024 * 1024);
  const long = Array.from({ length: 65 }, () => mebi);
  expect(await read(["1\n", ...long, "1\n2\n3", "3\n"])).toEqual([1, 2, 33]);
  expect(await read(["1\n", ...long, "1"])).toEqual([1]);
});
