import { olderFiles } from "../audit/audit-files.ts";
import { AuditLog } from "../audit/audit-log.ts";
import { environmentKey, keyVariable } from "../keys/environment-key.ts";
import { keyFile } from "../keys/key-file.ts";
import type { KeyProvider } from "../keys/key-provider.ts";
import { checkOptions, type SecretsOptions } from "../options.ts";
import { type Places, placesOf } from "../places.ts";
import { Vault } from "../vault.ts";
import { emitWarning } from "../warning.ts";
import { EnvelopeContainer } from "./envelope-container.ts";
import { putAside } from "./put-aside.ts";
import { recoverFromBackup } from "./recover-from-backup.ts";
import type { SecretStore } from "./secret-store.ts";
import { VaultStore } from "./vault-store.ts";

/** Creates the store that `openSecrets` opens by default: an encrypted file. */
export function createFileStore(options: SecretsOptions = {}): SecretStore {
  checkOptions(options);
  return openFileStore(options, placesOf(options));
}

/** Opens an encrypted file, or one in plain text if the options ask for that. */
export function openFileStore(options: SecretsOptions, places: Places): FileStore {
  const container = new EnvelopeContainer({
    path: places.store,
    plaintext: options.encryption === "none",
    lockTimeout: options.lockTimeout ?? 10_000,
    providers: [...(options.keys ?? usualKeys(options, places))],
    usual: options.keys === undefined,
  });
  const now = options.now ?? Date.now;
  const onWarning = options.onWarning ?? emitWarning;
  const audit = new AuditLog(container.auditPath, options.audit ?? {}, now, onWarning);
  return new FileStore(places.store, container, audit, now);
}

function usualKeys(options: SecretsOptions, places: Places): readonly KeyProvider[] {
  const env = options.env ?? process.env;
  return env[keyVariable] ? [environmentKey({ env })] : [keyFile(places.key)];
}

/** A vault in a file, which can also recover or reset a damaged store. */
export class FileStore extends VaultStore {
  readonly #path: string;
  readonly #container: EnvelopeContainer;
  readonly #audit: AuditLog;

  constructor(path: string, container: EnvelopeContainer, audit: AuditLog, now: () => number) {
    super(new Vault(container, audit), now);
    this.#path = path;
    this.#container = container;
    this.#audit = audit;
  }

  async recover(): Promise<void> {
    await recoverFromBackup(this.#path, this.#container, this.#audit);
    await this.refresh();
  }

  async reset(): Promise<readonly string[]> {
    const audit = [...(await olderFiles(this.#audit.path)), this.#audit.path];
    const files = [this.#path, `${this.#path}.bak`, ...audit];
    const moved = await this.#container.exclusively(() => putAside(files, "reset"));
    this.#container.forget();
    await this.refresh();
    return moved;
  }
}
