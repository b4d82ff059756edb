import { CacheError } from "../error.ts";
import { decodeRecord } from "../record/decode-record.ts";
import type { Codec } from "./codec.ts";
import { HIDDEN, isSealed } from "./sealed-layout.ts";

export const plainCodec: Codec = {
  hidesKeys: false,
  storedKey: (key) => key,
  hide: (text) => text,
  reveal: (hidden) => (hidden.startsWith(HIDDEN) ? undefined : hidden),
  encode: (_storedKey, record) => record,
  decode(storedKey, bytes, tier) {
    if (isSealed(bytes)) {
      const message = "A stored record is encrypted; open the cache with its encryptionKey.";
      throw new CacheError("WRONG_KEY", message);
    }
    return decodeRecord(bytes, storedKey, tier);
  },
};
