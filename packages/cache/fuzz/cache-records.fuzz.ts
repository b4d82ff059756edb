import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import type { Codec } from "../src/codec/codec.ts";
import { plainCodec } from "../src/codec/plain-codec.ts";
import { sealedCodec } from "../src/codec/sealed-codec.ts";
import { CacheError } from "../src/error.ts";
import { memoryStore, openCache } from "../src/index.ts";
import { decodeRecord } from "../src/record/decode-record.ts";
import { checksum, encodeRecord } from "../src/record/encode-record.ts";
import type { LiveRecord } from "../src/record/live-record.ts";
import { CHECKSUM_START } from "../src/record/record-layout.ts";
import type { CacheStore, StoredRecord } from "../src/store/store.ts";

const secret = Buffer.from("0123456789abcdef0123456789abcdef");
const codecs: readonly Codec[] = [plainCodec, sealedCodec(secret)];
const codec = fc.constantFrom(...codecs);

const cid = openCache({ store: memoryStore() }).key({ question: 1 });
const value = { text: "a paid answer, ünïcode", parts: [1, null, { deep: [true] }] };
const metadata = { model: "m" };
const facts = { key: cid, storedAt: 1, expiresAt: 2 ** 45, elapsed: 30, cost: 0.5, metadata };
const plain = encodeRecord(facts, value);
const written = codecs.map((each) => each.encode(each.storedKey(cid), plain, facts.expiresAt));

/** The record; undefined where it is refused, as it may be with these codes alone. */
function read(run: () => LiveRecord): LiveRecord | undefined {
  try {
    return run();
  } catch (error) {
    const { code } = CacheError.is(error) ? error : { code: undefined };
    if (code === "DAMAGED" || code === "WRONG_KEY" || code === "NEWER_FORMAT") return undefined;
    throw error;
  }
}

interface Damage {
  readonly from: number;
  readonly removed: number;
  readonly added: Uint8Array;
}

const damage: fc.Arbitrary<Damage> = fc.record({
  from: fc.nat(written[1]?.length ?? 0),
  removed: fc.nat(60),
  added: fc.uint8Array({ maxLength: 60 }),
});

function damaged(bytes: Uint8Array, { from, removed, added }: Damage): Uint8Array {
  return Buffer.concat([bytes.subarray(0, from), added, bytes.subarray(from + removed)]);
}

/** The same with a checksum that fits: as a program that errs would write it, not a disk. */
function withChecksum(bytes: Uint8Array): Uint8Array {
  const copy = Buffer.from(bytes);
  if (copy.length >= CHECKSUM_START + 32) copy.write(checksum(copy), CHECKSUM_START, "latin1");
  return copy;
}

export default {
  "any bytes are a record or a coded error": fc.property(
    codec,
    fc.uint8Array({ maxLength: 300 }),
    fc.constantFrom("", "ACC1", "ACS1", "ACC9", "ACS2"),
    fc.boolean(),
    (each, bytes, magic, sound) => {
      const raw = Buffer.concat([Buffer.from(magic), bytes]);
      const found = read(() =>
        each.decode(each.storedKey(cid), sound ? withChecksum(raw) : raw, "t", cid),
      );
      if (found) equal(found.key, cid);
    },
  ),
  "a damaged record is never a wrong answer": fc.property(codec, damage, (each, change) => {
    const bytes = written[codecs.indexOf(each)] as Uint8Array;
    const found = read(() => each.decode(each.storedKey(cid), damaged(bytes, change), "t", cid));
    if (found)
      deepEqual([found.value, found.metadata, found.expiresAt], [value, metadata, 2 ** 45]);
  }),
  "a wrong record with a checksum that fits is a record or a coded error": fc.property(
    damage,
    fc.option(fc.constant(cid), { nil: undefined }),
    (change, expected) => {
      read(() => decodeRecord(withChecksum(damaged(plain, change)), expected, "t"));
    },
  ),
  "a sealed record is nobody else's, whatever checksum it has": fc.property(damage, (change) => {
    const sealed = codecs[1] as Codec;
    const bytes = withChecksum(damaged(written[1] as Uint8Array, change));
    const found = read(() => sealed.decode(sealed.storedKey(cid), bytes, "t", cid));
    if (found) deepEqual(found.value, value);
  }),
  "what was encoded is decoded": fc.property(
    codec,
    fc.jsonValue(),
    fc.option(fc.jsonValue(), { nil: undefined }),
    fc.double({ noNaN: true, min: 0 }),
    (each, json, beside, expiresAt) => {
      const [whole, more] = [json, beside].map((part) => JSON.stringify(part));
      const bytes = encodeRecord({ ...facts, expiresAt, metadata: beside }, json);
      const stored = each.encode(each.storedKey(cid), bytes, expiresAt);
      const found = each.decode(each.storedKey(cid), stored, "t", cid);
      deepEqual([found.value, found.metadata], [parse(whole), parse(more)]);
      equal(found.expiresAt, expiresAt);
    },
  ),
  "a cache over damaged records misses or gives what was stored, and throws nothing":
    fc.asyncProperty(fc.boolean(), damage, async (isSealed, change) => {
      const bytes = damaged(written[isSealed ? 1 : 0] as Uint8Array, change);
      const cache = openCache({
        store: [storeOf({ bytes, expiresAt: facts.expiresAt })],
        ...(isSealed && { encryptionKey: secret }),
        now: () => 5,
      });
      const found = await cache.get(cid);
      if (found) deepEqual(found.value, value);
      const answer = await cache.getOrCompute(cid, async () => "anew");
      if (answer.outcome === "computed") equal(answer.value, "anew");
      else deepEqual(answer.value, value);
    }),
};

function parse(text: string | undefined): unknown {
  return text === undefined ? undefined : JSON.parse(text);
}

/** A store that has one record under whatever key. */
function storeOf(record: StoredRecord): CacheStore {
  return { name: "fuzz", get: () => record, set: () => undefined, delete: () => true };
}
