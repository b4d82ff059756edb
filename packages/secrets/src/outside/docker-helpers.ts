import type { Environment } from "../environment.ts";
import { SecretsError } from "../errors.ts";
import { aliasesOf, fold } from "../names.ts";
import { programEnvironment } from "../programs/program-environment.ts";
import { Queue } from "../queue.ts";
import type { SecretStore } from "../stores/secret-store.ts";
import type { StoredValue } from "../stores/stored-value.ts";
import { CachedReads } from "./cached-reads.ts";
import { DockerHelper } from "./docker-helper.ts";
import { kept, keptForm } from "./docker-secret.ts";
import { heldNames } from "./held-names.ts";
import { NameMap } from "./name-map.ts";
import { type ReadOptions, readPolicy } from "./read-options.ts";

export type { ReadOptions } from "./read-options.ts";

/** A Docker credential helper, and where the secrets are in it. */
export interface DockerHelperStoreOptions extends ReadOptions {
  /**
   * `pass`, `secretservice`, `osxkeychain`, `wincred` or the end of another `docker-credential-…`
   * name; or the absolute path of a helper.
   */
  readonly helper: string;
  /**
   * The prefix of the server URLs under which the secrets are stored, before the name.
   * @default "https://acc-secrets.invalid/"
   */
  readonly prefix?: string;
  /** Server URLs of existing credentials, by the name used here. They can only be read. */
  readonly names?: Readonly<Record<string, string>>;
  /** Variables for the helper, besides those of this process without `ACC_SECRETS_*`. */
  readonly env?: Environment;
}

const usualPrefix = "https://acc-secrets.invalid/";

/**
 * Creates a store of secrets behind a Docker credential helper: in `pass`, the Secret Service, or the
 * keychain of macOS or Windows. Only one process at a time should write.
 *
 * @throws SecretsError `INVALID_OPTION`, `NAME_CONFLICT` and the errors of an invalid name
 */
export function createDockerHelperStore(options: DockerHelperStoreOptions): SecretStore {
  const { prefix = usualPrefix } = options;
  checkOptions(options.helper, prefix);
  const mapped = new NameMap(options.names ?? {});
  const { timeout } = readPolicy(options);
  const env = () => programEnvironment(options.env);
  const helper = new DockerHelper(options.helper, { env, timeout });
  const queue = new Queue();
  const urlOf = (name: string) => `${prefix}${encodeURIComponent(name)}`;
  const reads = new CachedReads("docker-helper", options, async (name) => {
    const target = mapped.find(name);
    const urls = target === undefined ? aliasesOf(name).map(urlOf) : [target];
    for (const url of urls) {
      const secret = await helper.get(url);
      if (secret !== undefined) return { value: kept(secret) };
    }
    return undefined;
  });
  const own = async (): Promise<string[]> => {
    const urls = (await helper.list()).filter((url) => url.startsWith(prefix));
    const names = urls.map((url) => nameIn(url.slice(prefix.length)));
    return names.filter(
      (name) => name !== undefined && mapped.find(name) === undefined,
    ) as string[];
  };
  const change = <T extends StoredValue | undefined>(name: string, run: () => Promise<T>) =>
    queue.run(() => reads.write(name, run));
  return {
    kind: "docker-helper",
    get: (name) => reads.get(name),
    list: async () => [
      ...(await heldNames(mapped.names, (name) => reads.get(name))),
      ...(await own()),
    ],
    set: (name, value) => {
      refuseMapped(mapped, name);
      return change(name, async () => {
        await helper.store(urlOf(fold(name)), keptForm(value));
        return { value };
      });
    },
    delete: async (name) => {
      refuseMapped(mapped, name);
      let removed = false;
      await change(name, async () => {
        for (const url of aliasesOf(name).map(urlOf)) {
          if ((await helper.get(url)) === undefined) continue;
          await helper.erase(url);
          removed = true;
        }
        return undefined;
      });
      return removed;
    },
    refresh: async () => reads.refresh(),
    check: async () => void (await helper.list()),
    close: async () => reads.close(),
  };
}

function checkOptions(helper: string, prefix: string): void {
  if (typeof helper !== "string" || helper === "") {
    throw new SecretsError(
      "INVALID_OPTION",
      '`helper` is the end of a program\'s name, as "pass" of docker-credential-pass.',
    );
  }
  if (URL.canParse(prefix) && prefix.endsWith("/")) return;
  throw new SecretsError("INVALID_OPTION", "`prefix` is a URL that ends with a slash.");
}

/** Returns the name in the rest of a URL; undefined if that is not a folded name. */
function nameIn(rest: string): string | undefined {
  try {
    const name = decodeURIComponent(rest);
    return name === fold(name) ? name : undefined;
  } catch {
    return undefined;
  }
}

function refuseMapped(mapped: NameMap<string>, name: string): void {
  if (mapped.find(name) === undefined) return;
  throw new SecretsError(
    "UNSUPPORTED_BY_FORMAT",
    `${name} is a credential of docker's, by the option \`names\`, and is only read here.`,
  );
}
