import { SecretsError } from "../../errors.ts";
import type { KeyProvider } from "../../keys/key-provider.ts";
import { unreadable } from "../store-error.ts";
import { wrappingKey } from "../wrapping-key.ts";
import type { Method } from "./aws-client.ts";
import { awsFailure } from "./aws-failure.ts";

/** The methods that are used of a `KMS` of `@aws-sdk/client-kms` (not of the bare `KMSClient`). */
export interface AwsKms {
  readonly generateDataKey: Method<
    {
      readonly KeyId: string;
      readonly NumberOfBytes: number;
      readonly EncryptionContext: Record<string, string>;
    },
    {
      readonly Plaintext?: Uint8Array | undefined;
      readonly CiphertextBlob?: Uint8Array | undefined;
    }
  >;
  readonly decrypt: Method<
    {
      readonly KeyId: string;
      readonly CiphertextBlob: Uint8Array;
      readonly EncryptionContext: Record<string, string>;
    },
    { readonly Plaintext?: Uint8Array | undefined }
  >;
}

/** A symmetric key of AWS KMS. */
export interface KmsKeyOptions {
  /** A `KMS` of `@aws-sdk/client-kms`, with its region and credentials. */
  readonly client: AwsKms;
  /** The id, ARN or alias of the key. */
  readonly key: string;
  /** How long one answer may take, in milliseconds. @default 10_000 */
  readonly timeout?: number;
}

/**
 * Opens a store with a key that never leaves AWS KMS: KMS seals the wrapping key for this store
 * alone (encryption context `acc-secrets-store`), and the sealed key is kept in the store's header.
 *
 * @throws SecretsError `INVALID_OPTION`
 */
export function kmsKey(options: KmsKeyOptions): KeyProvider {
  const { client, key, timeout = 10_000 } = options;
  if (typeof client?.generateDataKey !== "function" || !key) {
    throw new SecretsError(
      "INVALID_OPTION",
      "`client` is a KMS of @aws-sdk/client-kms, and `key` the id, ARN or alias of a key.",
    );
  }
  const about = (storeId: string) => ({
    KeyId: key,
    EncryptionContext: { "acc-secrets-store": storeId },
  });
  const inTime = () => ({ abortSignal: AbortSignal.timeout(timeout) });
  const fail = (error: unknown): never => {
    throw awsFailure(`the key ${key}`, error);
  };
  return wrappingKey({
    kind: "aws-kms",
    async make(storeId) {
      const input = { ...about(storeId), NumberOfBytes: 32 };
      const found = await client.generateDataKey(input, inTime()).catch(fail);
      const { Plaintext: plain, CiphertextBlob: blob } = found;
      if (!plain || !blob) throw unreadable("AWS KMS made no key.");
      return { key: plain, sealed: Buffer.from(blob).toString("base64") };
    },
    async open(sealed, storeId) {
      const input = { ...about(storeId), CiphertextBlob: Buffer.from(sealed, "base64") };
      const { Plaintext: plain } = await client.decrypt(input, inTime()).catch(fail);
      if (plain) return plain;
      throw unreadable("AWS KMS opened no key.");
    },
    isSealed: (text) => /^[A-Za-z0-9+/]{1,8192}={0,2}$/.test(text),
  });
}
