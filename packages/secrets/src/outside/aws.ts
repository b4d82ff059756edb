import { SecretsError } from "../errors.ts";
import { aliasesOf, fold, isName } from "../names.ts";
import { Queue } from "../queue.ts";
import type { SecretStore } from "../stores/secret-store.ts";
import type { AwsSecretsManager } from "./aws/aws-client.ts";
import { type AwsPlace, AwsSecrets } from "./aws/aws-secrets.ts";
import { CachedReads } from "./cached-reads.ts";
import { heldNames } from "./held-names.ts";
import { NameMap } from "./name-map.ts";
import { placesOf } from "./places-of.ts";
import { type ReadOptions, readPolicy } from "./read-options.ts";

export type { AwsSecretsManager, SecretValue } from "./aws/aws-client.ts";
export type { AwsPlace } from "./aws/aws-secrets.ts";
export { type AwsKms, type KmsKeyOptions, kmsKey } from "./aws/kms-key.ts";
export type { ReadOptions } from "./read-options.ts";

/** Options of a store in AWS Secrets Manager. */
export interface AwsStoreOptions extends ReadOptions {
  /** A `SecretsManager` of `@aws-sdk/client-secrets-manager`, with its region and credentials. */
  readonly client: AwsSecretsManager;
  /** The prefix of the secrets' names in AWS, before the name used here. @default "acc/" */
  readonly prefix?: string;
  /**
   * Secrets that have other names in AWS, or are a field of a JSON secret, by the name used here.
   */
  readonly names?: Readonly<Record<string, AwsPlace | string>>;
}

/**
 * Creates a store of the secrets in AWS Secrets Manager, reached by the given client. Each is read
 * when it is needed and cached in memory; a rotated value is found when it is read again.
 *
 * @throws SecretsError `INVALID_OPTION`, `NAME_CONFLICT` and the errors of an invalid name
 */
export function createAwsStore(options: AwsStoreOptions): SecretStore {
  const { client, prefix = "acc/" } = options;
  checkOptions(client, prefix);
  const mapped = new NameMap(placesOf<AwsPlace>(options.names));
  const secrets = new AwsSecrets(client, readPolicy(options).timeout);
  const reads = new CachedReads("aws", options, async (name) => {
    const target = mapped.find(name);
    const places = target ? [target] : aliasesOf(name).map((alias) => ({ id: prefix + alias }));
    for (const place of places) {
      const value = await secrets.read(place);
      if (value !== undefined) return { value };
    }
    return undefined;
  });
  const get = (name: string) => reads.get(name);
  const queue = new Queue();
  return {
    kind: "aws",
    get,
    list: async () => {
      const there = (await secrets.list(prefix)).map((name) => name.slice(prefix.length));
      const own = there.filter((name) => isName(name) && name === fold(name) && !mapped.find(name));
      return heldNames([...mapped.names, ...own], get);
    },
    set: (name, value) =>
      queue.run(() =>
        reads.write(name, async () => {
          await secrets.write(idFor(mapped, name) ?? prefix + fold(name), value);
          return { value };
        }),
      ),
    delete: (name) =>
      queue.run(async () => {
        const mappedId = idFor(mapped, name);
        const ids = mappedId ? [mappedId] : aliasesOf(name).map((alias) => prefix + alias);
        let removed = false;
        await reads.write(name, async () => {
          for (const id of ids) {
            if ((await secrets.read({ id })) === undefined) continue;
            await secrets.remove(id);
            removed = true;
          }
          return undefined;
        });
        return removed;
      }),
    refresh: async () => reads.refresh(),
    check: async () => void (await secrets.read({ id: `${prefix}acc_check` })),
    close: async () => reads.close(),
  };
}

/** Returns the id of the secret to which a mapped name is written as a whole. */
function idFor(mapped: NameMap<AwsPlace>, name: string): string | undefined {
  const place = mapped.find(name);
  if (place?.field === undefined && place?.stage === undefined) return place?.id;
  throw new SecretsError(
    "UNSUPPORTED_BY_FORMAT",
    `${name} is a field or a stage of a secret in AWS, by the option \`names\`, and is only read.`,
  );
}

function checkOptions(client: AwsSecretsManager, prefix: string): void {
  if (typeof client?.getSecretValue !== "function") {
    throw new SecretsError(
      "INVALID_OPTION",
      "`client` is a SecretsManager of @aws-sdk/client-secrets-manager: it has getSecretValue.",
    );
  }
  // The characters that AWS allows in a name, from the API reference of CreateSecret.
  if (/^[A-Za-z0-9/_+=.@-]*$/.test(prefix)) return;
  throw new SecretsError("INVALID_OPTION", "`prefix` may have only letters, digits and /_+=.@-.");
}
