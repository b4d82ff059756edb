import { expect, it } from "vitest";
import { cidOfBytes } from "../src/key/cid.ts";
import { KnownCids } from "../src/key/known-cids.ts";

/** Bytes of a request, of which the last ones tell it from others. */
function bytesOf(length: number, number: number): Buffer {
  const bytes = Buffer.alloc(length, "request ");
  bytes.writeUInt32BE(number, length - 4);
  return bytes;
}

it.each([100, 4_095, 4_096, 20_000, 65_536, 65_537])(
  "gives what the digest gives, of %i bytes, the first time and again",
  (length) => {
    const known = new KnownCids();
    for (let round = 0; round < 3; round += 1) {
      for (const number of [0, 1, 0xff00ff00]) {
        const bytes = bytesOf(length, number);
        expect(known.of(bytes)).toBe(cidOfBytes(bytes));
      }
    }
  },
);

it("gives the same where more was asked for than is remembered", () => {
  const known = new KnownCids();
  for (let round = 0; round < 2; round += 1) {
    for (let number = 0; number < 300; number += 1) {
      const bytes = bytesOf(20_000, number);
      expect(known.of(bytes)).toBe(cidOfBytes(bytes));
    }
  }
});

it("keeps nothing of the bytes that are written anew", () => {
  const known = new KnownCids();
  const bytes = bytesOf(20_000, 1);
  const first = known.of(bytes);
  bytes.writeUInt32BE(2, bytes.length - 4);
  expect(known.of(bytes)).toBe(cidOfBytes(bytes));
  expect(known.of(bytesOf(20_000, 1))).toBe(first);
});
