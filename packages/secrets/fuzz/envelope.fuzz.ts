import fc from "fast-check";
import { parseEnvelope, seal, unseal } from "../src/envelope.ts";
import { generateFernetKey } from "../src/fernet.ts";
import { emptyBody } from "../src/store-body.ts";
import { codeOf } from "./support/code-of.ts";
import { jsonText } from "./support/json-text.ts";

const dataKey = Buffer.from(generateFernetKey(), "base64url");
const keys = [{ id: "0123456789abcdef", provider: "file", wrapped: "gAAAA" }];
const body = {
  ...emptyBody(),
  entries: {
    some_key: { versions: [{ version: 1, state: "current" as const, value: "v", createdAt: 1 }] },
  },
};
const encrypted = Buffer.from(seal({ storeId: "some", generation: 3, keys }, body, dataKey));
const plain = Buffer.from(seal({ storeId: "some", generation: 3, keys: [] }, body, undefined));

const refusals: ReadonlySet<string> = new Set([
  "STORE_EMPTY",
  "STORE_DAMAGED",
  "WRONG_FORMAT",
  "NEWER_VERSION",
  "HEADER_EDITED",
]);

/** As a store is opened and written again. */
function openAndWrite(bytes: Buffer, key: Buffer | undefined): string | undefined {
  return codeOf(() => {
    const envelope = parseEnvelope(bytes, "some.json");
    const isPlain = typeof envelope.body === "object";
    const opened = unseal(envelope, isPlain ? undefined : key);
    seal(envelope, opened, isPlain ? undefined : key);
  });
}

function isRefused(bytes: Buffer): boolean {
  return refusals.has(openAndWrite(bytes, dataKey) ?? "");
}

const members = fc.record(
  {
    format: fc.constantFrom<unknown>("acc-secrets", "other", 1, null),
    version: fc.oneof(fc.constantFrom<unknown>(1, 2, "1", -1, 1e300), fc.jsonValue()),
    storeId: fc.oneof(fc.string(), fc.jsonValue()),
    generation: fc.oneof(fc.integer(), fc.jsonValue()),
    keys: fc.oneof(fc.constant(keys), fc.array(fc.jsonValue(), { maxLength: 40 })),
    body: fc.oneof(fc.string(), fc.jsonValue(), fc.constant({ ...body, format: "acc-secrets" })),
  },
  { requiredKeys: [] },
);

export default {
  "any bytes are refused by a code": fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) =>
    isRefused(Buffer.from(bytes)),
  ),
  "any JSON is refused by a code": fc.property(jsonText, (text) => isRefused(Buffer.from(text))),
  "a header of any members is refused by a code": fc.property(members, (header) =>
    isRefused(Buffer.from(JSON.stringify(header))),
  ),
  "a store that was cut, or has other bytes in it, opens as it was or not at all": fc.property(
    fc.constantFrom(encrypted, plain),
    fc.nat(encrypted.length),
    fc.nat(60),
    fc.uint8Array({ maxLength: 20 }),
    (store, from, removed, added) => {
      const end = store.subarray(from + removed);
      const bytes = Buffer.concat([store.subarray(0, from), added, end]);
      const code = openAndWrite(bytes, dataKey);
      return code === undefined || refusals.has(code);
    },
  ),
  "members nested in a plain store, of any depth, are read and written or refused": fc.property(
    fc.constantFrom('"entries":{', '"roles":{', '"audit":{', '"versions":[{', '"checkpoint":{'),
    fc.integer({ min: 1, max: 20_000 }),
    (place, depth) => {
      const nested = `"x":${"[".repeat(depth)}${"]".repeat(depth)},`;
      const text = plain.toString().replace(place, `${place}${nested}`);
      const code = openAndWrite(Buffer.from(text), undefined);
      return code === undefined || refusals.has(code);
    },
  ),
};
