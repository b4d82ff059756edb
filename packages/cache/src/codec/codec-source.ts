import { invalidOption } from "../cache/invalid-option.ts";
import type { MaybePromise } from "../maybe-promise.ts";
import type { Codec } from "./codec.ts";
import { plainCodec } from "./plain-codec.ts";
import { sealedCodec } from "./sealed-codec.ts";

export type CodecSource = () => MaybePromise<Codec>;

const SHORTEST = 16;

/**
 * Returns the source of the codec for an encryption key. A key that has to be fetched is fetched
 * once, at the first use.
 */
export function codecSource(
  key: Uint8Array | (() => Promise<Uint8Array>) | undefined,
): CodecSource {
  if (key === undefined) return () => plainCodec;
  if (typeof key === "function") return fetched(key);
  let codec: Codec | undefined;
  const checked = checkedKey(key);
  return () => {
    codec ??= sealedCodec(checked);
    return codec;
  };
}

function fetched(fetch: () => Promise<Uint8Array>): CodecSource {
  let codec: Codec | undefined;
  let coming: Promise<Codec> | undefined;
  return () => {
    if (codec) return codec;
    coming ??= Promise.resolve()
      .then(fetch)
      .then((key) => {
        codec = sealedCodec(checkedKey(key));
        return codec;
      })
      // A fetch that failed may succeed at the next call.
      .finally(() => {
        coming = undefined;
      });
    return coming;
  };
}

function checkedKey(key: unknown): Uint8Array {
  // The key itself must not appear in a message.
  if (key instanceof Uint8Array && key.byteLength >= SHORTEST) return Uint8Array.from(key);
  throw invalidOption("encryptionKey", "not usable", `a Uint8Array of ${SHORTEST} bytes or more`);
}
