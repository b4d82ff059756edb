import { dirname } from "node:path";
import { emptyBody, type StoreBody } from "../body.ts";
import type { Container, Loaded } from "../container.ts";
import { SecretsError } from "../errors.ts";
import { Fernet, generateFernetKey } from "../fernet.ts";
import { fileSignature } from "../file/file-signature.ts";
import { privateFolder } from "../file/private-folder.ts";
import { readPrivateFile } from "../file/read-private-file.ts";
import { replaceFile } from "../file/replace-file.ts";
import { withLock } from "../file/with-lock.ts";

export interface OriginalOptions {
  readonly path: string;
  readonly keyPath: string;
  /** The key itself, when it is in the environment. */
  readonly key: string | undefined;
  /** In milliseconds. */
  readonly lockTimeout: number;
}

/** The Python original's file: one Fernet token of a flat JSON map, and a key file beside it. */
export class OriginalContainer implements Container {
  readonly kind = "original";
  readonly #options: OriginalOptions;

  constructor(options: OriginalOptions) {
    this.#options = options;
  }

  signature(): string {
    return fileSignature(this.#options.path);
  }

  async read(): Promise<Loaded | undefined> {
    const token = await readPrivateFile(this.#options.path);
    if (!token) return undefined;
    const key = await this.#key();
    if (key === undefined) throw this.#missingKey();
    return loaded(bodyOf(this.#open(token, key)));
  }

  async create(): Promise<Loaded> {
    if ((await this.#key()) === undefined) {
      const key = Buffer.from(generateFernetKey());
      await replaceFile(this.#options.keyPath, key, { backup: false });
    }
    return loaded(emptyBody());
  }

  async write({ body }: Loaded): Promise<void> {
    const key = await this.#key();
    if (key === undefined) throw this.#missingKey();
    const token = Buffer.from(new Fernet(key).encrypt(JSON.stringify(flatOf(body))));
    const check = (written: Buffer): void => {
      this.#open(written, key);
    };
    await replaceFile(this.#options.path, token, { backup: "previous", check });
  }

  async exclusively<T>(task: () => Promise<T>): Promise<T> {
    const { path, lockTimeout } = this.#options;
    await privateFolder(dirname(path));
    return withLock(path, lockTimeout, task);
  }

  async #key(): Promise<string | undefined> {
    const { key, keyPath } = this.#options;
    return key ?? (await readPrivateFile(keyPath))?.toString("utf8");
  }

  #open(token: Buffer, key: string): Readonly<Record<string, string>> {
    const { path } = this.#options;
    if (token.length === 0) throw damaged(path, "STORE_EMPTY");
    if (!/^gAAAA[A-Za-z0-9_=\s-]+$/.test(token.toString("latin1"))) {
      throw damaged(path, token[0] === 0x7b ? "WRONG_FORMAT" : "STORE_DAMAGED");
    }
    const text = decrypt(token, key, path);
    const map = parseMap(text);
    if (!map) throw damaged(path, "STORE_DAMAGED");
    return map;
  }

  #missingKey(): SecretsError {
    return new SecretsError(
      "MISSING_KEY",
      `The store ${this.#options.path} is there, and its key ${this.#options.keyPath} is not. ` +
        "Put the key back, or set IPFS_ACCELERATE_SECRETS_KEY. Nothing was changed.",
    );
  }
}

function decrypt(token: Buffer, key: string, path: string): string {
  try {
    return new Fernet(key).decrypt(token).toString("utf8");
  } catch (cause) {
    if (SecretsError.is(cause) && cause.code === "INVALID_KEY") throw cause;
    throw new SecretsError(
      "WRONG_KEY",
      `The key does not open ${path}; this format does not show whether the key is wrong or the ` +
        "file damaged. Nothing was changed.",
    );
  }
}

function parseMap(text: string): Readonly<Record<string, string>> | undefined {
  try {
    const map = JSON.parse(text) as Record<string, string> | null;
    if (typeof map !== "object" || map === null || Array.isArray(map)) return undefined;
    return Object.values(map).every((value) => typeof value === "string") ? map : undefined;
  } catch {
    return undefined;
  }
}

function damaged(
  path: string,
  code: "STORE_EMPTY" | "STORE_DAMAGED" | "WRONG_FORMAT",
): SecretsError {
  const what =
    code === "WRONG_FORMAT"
      ? "is not a store of the original. Open it without the option format"
      : `is empty, cut or damaged. Its last good state may be ${path}.bak`;
  return new SecretsError(code, `${path} ${what}.`);
}

function loaded(body: StoreBody): Loaded {
  return { body, seal: { storeId: "original", generation: 0, keys: [], dataKey: undefined } };
}

function bodyOf(map: Readonly<Record<string, string>>): StoreBody {
  const body = emptyBody();
  body.entries = Object.fromEntries(
    Object.entries(map).map(([name, value]) => [
      name,
      { versions: [{ version: 1, state: "current" as const, value, createdAt: 0 }] },
    ]),
  );
  return body;
}

function flatOf(body: StoreBody): Record<string, string> {
  return Object.fromEntries(
    Object.entries(body.entries).flatMap(([name, { versions }]) =>
      versions
        .filter(({ state }) => state === "current")
        .map(({ value }): [string, string] => [name, value ?? ""]),
    ),
  );
}
