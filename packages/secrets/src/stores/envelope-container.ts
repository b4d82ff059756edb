import { dirname } from "node:path";
import { type Container, KeyWanted, type Loaded, type Seal } from "../container.ts";
import { crypto } from "../crypto.ts";
import { type Envelope, parseEnvelope, seal, unseal } from "../envelope.ts";
import { SecretsError } from "../errors.ts";
import { fileSignature } from "../file/file-signature.ts";
import { checkFolder, privateFolder } from "../file/private-folder.ts";
import { readPrivateFile } from "../file/read-private-file.ts";
import { replaceFile } from "../file/replace-file.ts";
import { lockFileOf, withLock } from "../file/with-lock.ts";
import type { KeyProvider } from "../keys/key-provider.ts";
import { keychain } from "../keys/keychain.ts";
import { openDataKey } from "../keys/open-data-key.ts";
import { wrapKey } from "../keys/wrap.ts";
import { auditPath } from "../places.ts";
import { emptyBody } from "../store-body.ts";

export interface EnvelopeOptions {
  readonly path: string;
  readonly plaintext: boolean;
  /** In milliseconds. */
  readonly lockTimeout: number;
  /** The key providers of the store; each wraps the data key of a new store. */
  readonly providers: KeyProvider[];
  /** True if the caller chose no providers: the OS keychain is then searched for a key as well. */
  readonly usual: boolean;
}

/** The file format of this package: a header, and a body encrypted under a data key. */
export class EnvelopeContainer implements Container {
  readonly kind = "file";
  readonly auditPath: string;
  readonly lockFile: string;
  readonly providers: KeyProvider[];
  readonly #options: EnvelopeOptions;
  #seen: { storeId: string; generation: number; digest: string } | undefined;
  #opened: { keys: string; dataKey: Uint8Array } | undefined;
  #draft: Loaded | undefined;
  #isLocked = false;

  constructor(options: EnvelopeOptions) {
    this.#options = options;
    this.providers = options.providers;
    this.auditPath = auditPath(options.path);
    this.lockFile = lockFileOf(options.path);
  }

  signature(): string {
    return fileSignature(this.#options.path);
  }

  async read(): Promise<Loaded | undefined> {
    const { path } = this.#options;
    const bytes = await readPrivateFile(path);
    if (!bytes) return this.#absent();
    await checkFolder(dirname(path));
    const envelope = parseEnvelope(bytes, path);
    this.#refuseOther(envelope, digestOf(bytes));
    const loaded = await this.#open(envelope);
    this.#remember(envelope, loaded.seal.dataKey, bytes);
    return loaded;
  }

  /** Returns the last good file, authenticated; undefined if there is none. */
  async readBackup(): Promise<Loaded | undefined> {
    const path = `${this.#options.path}.bak`;
    const bytes = await readPrivateFile(path);
    return bytes && this.#open(parseEnvelope(bytes, path));
  }

  /** The highest generation that this process has seen. */
  get seenGeneration(): number {
    return this.#seen?.generation ?? 0;
  }

  /** Forgets the store, so that the next file is accepted as one not seen before. */
  forget(): void {
    this.#seen = undefined;
    this.#opened = undefined;
  }

  async create(): Promise<Loaded> {
    if (this.#isLocked && !this.#draft && this.#asks) throw new KeyWanted();
    this.#draft ??= await this.#newStore();
    const { body, seal } = this.#draft;
    return { body: structuredClone(body), seal: { ...seal } };
  }

  async unlock(): Promise<void> {
    const { path } = this.#options;
    const bytes = await readPrivateFile(path);
    if (!bytes) {
      this.#draft ??= await this.#newStore();
      return;
    }
    const envelope = parseEnvelope(bytes, path);
    const dataKey = await this.#dataKey(envelope, true);
    if (dataKey) this.#opened = { keys: JSON.stringify(envelope.keys), dataKey };
  }

  get #asks(): boolean {
    return !this.#options.plaintext && this.providers.some(({ asks }) => asks);
  }

  async #newStore(): Promise<Loaded> {
    const storeId = crypto().randomUUID();
    const dataKey = this.#options.plaintext ? undefined : crypto().randomBytes(32);
    const keys = [];
    for (const provider of dataKey ? this.providers : []) {
      const prepared = await provider.prepare(storeId);
      keys.push(wrapKey(provider.kind, prepared, dataKey as Uint8Array));
    }
    return { body: emptyBody(), seal: { storeId, generation: 0, keys, dataKey } };
  }

  async write(next: Loaded): Promise<void> {
    for (const provider of this.providers) await provider.sweep?.();
    const header: Seal = { ...next.seal, generation: next.seal.generation + 1 };
    const bytes = Buffer.from(seal(header, next.body, header.dataKey));
    const check = (written: Buffer): void => {
      unseal(parseEnvelope(written, this.#options.path), header.dataKey);
    };
    const backup = header.dropBackup ? "same" : "previous";
    await replaceFile(this.#options.path, bytes, { backup, check });
    this.#remember(header, header.dataKey, bytes);
  }

  async exclusively<T>(
    task: () => Promise<T>,
    timeout: number = this.#options.lockTimeout,
  ): Promise<T> {
    await privateFolder(dirname(this.#options.path));
    return withLock(this.#options.path, timeout, async () => {
      this.#isLocked = true;
      try {
        return await task();
      } finally {
        this.#isLocked = false;
      }
    });
  }

  /**
   * Returns undefined if there is no store yet. Throws if the store has disappeared: this process
   * has seen it, or its backup exists.
   */
  #absent(): undefined {
    const { path } = this.#options;
    if (!this.#seen && fileSignature(`${path}.bak`) === "none") return undefined;
    throw new SecretsError(
      "STORE_MISSING",
      `The store ${path} is gone. Restore it with recover({ from: "backup" }), ` +
        "or start an empty store with reset().",
    );
  }

  #refuseOther(envelope: Envelope, digest: string): void {
    const seen = this.#seen;
    if (!seen) return;
    const { path } = this.#options;
    if (envelope.storeId !== seen.storeId) {
      throw new SecretsError(
        "STORE_REPLACED",
        `Another store was put at ${path}. Put the first one back, or open this one again.`,
      );
    }
    const older = envelope.generation < seen.generation;
    if (older || (envelope.generation === seen.generation && digest !== seen.digest)) {
      throw new SecretsError(
        "ROLLED_BACK",
        `${path} has generation ${envelope.generation} again, and ${seen.generation} was seen. ` +
          "Put the newer file back, or accept the older one by opening it again.",
      );
    }
  }

  async #open(envelope: Envelope): Promise<Loaded> {
    const dataKey = await this.#dataKey(envelope, !this.#isLocked);
    const body = unseal(envelope, dataKey);
    const { storeId, generation, keys } = envelope;
    return { body, seal: { storeId, generation, keys, dataKey } };
  }

  async #dataKey(envelope: Envelope, mayAsk: boolean): Promise<Uint8Array | undefined> {
    const { plaintext, path, usual } = this.#options;
    if (typeof envelope.body === "object") {
      if (plaintext) return undefined;
      throw new SecretsError(
        "PLAINTEXT_REFUSED",
        `The store ${path} is not encrypted. Open it with { encryption: "none" } if that is meant.`,
      );
    }
    if (plaintext) {
      throw new SecretsError(
        "ENCRYPTED_STORE",
        `The store ${path} is encrypted. Open it without { encryption: "none" }.`,
      );
    }
    const keys = JSON.stringify(envelope.keys);
    if (this.#opened?.keys === keys) return this.#opened.dataKey;
    const has = (list: readonly { kind?: string; provider?: string }[]): boolean =>
      list.some((item) => (item.kind ?? item.provider) === "keychain");
    if (usual && has(envelope.keys) && !has(this.providers)) this.providers.push(keychain());
    if (!mayAsk && this.#asks) throw new KeyWanted();
    return openDataKey(this.providers, envelope.keys, envelope.storeId);
  }

  #remember(
    header: Pick<Envelope, "storeId" | "generation" | "keys">,
    dataKey: Uint8Array | undefined,
    bytes: Buffer,
  ): void {
    const { storeId, generation } = header;
    this.#draft = undefined;
    this.#seen = { storeId, generation, digest: digestOf(bytes) };
    if (dataKey) this.#opened = { keys: JSON.stringify(header.keys), dataKey };
  }
}

function digestOf(bytes: Buffer): string {
  return crypto().createHash("sha256").update(bytes).digest("base64");
}
