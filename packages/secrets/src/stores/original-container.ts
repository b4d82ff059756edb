import { dirname } from "node:path";
import type { Container, Loaded } from "../container.ts";
import { envelopeFormat } from "../envelope.ts";
import { SecretsError } from "../errors.ts";
import { Fernet, generateFernetKey } from "../fernet.ts";
import { fileSignature } from "../file/file-signature.ts";
import { checkFolder, privateFolder } from "../file/private-folder.ts";
import { readPrivateFile } from "../file/read-private-file.ts";
import { replaceFile } from "../file/replace-file.ts";
import { withLock } from "../file/with-lock.ts";
import { emptyBody, type StoreBody } from "../store-body.ts";
import type { OnWarning } from "../warning.ts";
import { type FlatMap, formatFlatMap, parseFlatMap, textOf } from "./flat-map.ts";

export interface OriginalOptions {
  readonly path: string;
  readonly keyPath: string;
  /** The key in the environment, used if there is no key file, as the original does. */
  readonly key: string | undefined;
  /** The original's `use_encryption=False`: the file contains the map in plain text. */
  readonly plaintext: boolean;
  /** In milliseconds. */
  readonly lockTimeout: number;
  readonly onWarning: OnWarning;
}

/** The Python original's file: one Fernet token of a flat JSON map, and a key file next to it. */
export class OriginalContainer implements Container {
  readonly kind = "original";
  readonly #options: OriginalOptions;
  /**
   * Values that are not strings. This package does not use them, and writes them back unchanged.
   */
  #others: FlatMap = new Map();
  readonly #told = new Set<string>();

  constructor(options: OriginalOptions) {
    this.#options = options;
  }

  signature(): string {
    return fileSignature(this.#options.path);
  }

  /** The names whose values are not strings, as of the last read. */
  get leftOut(): readonly string[] {
    return [...this.#others.keys()];
  }

  async read(): Promise<Loaded | undefined> {
    const { path, plaintext } = this.#options;
    const bytes = await readPrivateFile(path);
    if (!bytes) return undefined;
    await checkFolder(dirname(path));
    const key = plaintext ? undefined : await this.#key();
    checkForm(bytes, path, plaintext);
    if (!plaintext && key === undefined) throw this.#missingKey();
    const others = new Map<string, string>();
    const texts: [string, string][] = [];
    for (const [name, written] of this.#open(bytes, key)) {
      const text = textOf(written);
      if (text === undefined) others.set(name, written);
      else texts.push([name, text]);
    }
    this.#others = others;
    this.#tell();
    return loaded(bodyOf(texts));
  }

  async create(): Promise<Loaded> {
    const { plaintext, keyPath } = this.#options;
    this.#others = new Map();
    if (!plaintext && (await this.#key()) === undefined) {
      await replaceFile(keyPath, Buffer.from(generateFernetKey()), { backup: false });
    }
    return loaded(emptyBody());
  }

  async write({ body, seal }: Loaded): Promise<void> {
    const key = this.#options.plaintext ? undefined : await this.#key();
    if (!this.#options.plaintext && key === undefined) throw this.#missingKey();
    const map = formatFlatMap(new Map([...this.#others, ...flatOf(body)]));
    const bytes = Buffer.from(key === undefined ? map : new Fernet(key).encrypt(map));
    const check = (written: Buffer): void => {
      this.#open(written, key);
    };
    const backup = seal.dropBackup ? "same" : "previous";
    await replaceFile(this.#options.path, bytes, { backup, check });
  }

  async exclusively<T>(
    task: () => Promise<T>,
    timeout: number = this.#options.lockTimeout,
  ): Promise<T> {
    const { path } = this.#options;
    await privateFolder(dirname(path));
    return withLock(path, timeout, task);
  }

  /**
   * Returns the key. Like the original, prefers the key file to the variable, so that no key file
   * is made if there is a variable.
   */
  async #key(): Promise<string | undefined> {
    const { key, keyPath } = this.#options;
    const bytes = await readPrivateFile(keyPath);
    // Python's base64 skips characters that are not ASCII, such as a byte order mark.
    return bytes?.toString("latin1").replaceAll(/[\0\x80-\xff]/g, "") ?? key;
  }

  #open(bytes: Buffer, key: string | undefined): FlatMap {
    const { path } = this.#options;
    const text = key === undefined ? bytes.toString("utf8") : decrypt(bytes, key, path);
    const map = parseFlatMap(text);
    if (!map) throw damaged(path, "STORE_DAMAGED");
    return map;
  }

  #tell(): void {
    for (const name of this.leftOut) {
      if (this.#told.has(name)) continue;
      this.#told.add(name);
      const message = `The value of ${name} in ${this.#options.path} is not a string: it is left out.`;
      this.#options.onWarning({ code: "NOT_A_STRING", message, name });
    }
  }

  #missingKey(): SecretsError {
    return new SecretsError(
      "MISSING_KEY",
      `The store ${this.#options.path} is there, and its key ${this.#options.keyPath} is not. ` +
        "Put the key back, or set IPFS_ACCELERATE_SECRETS_KEY. Nothing was changed.",
    );
  }
}

/** Checks that the file is a bare token or a map in plain text, whichever the options ask for. */
function checkForm(bytes: Buffer, path: string, plaintext: boolean): void {
  if (bytes.length === 0) throw damaged(path, "STORE_EMPTY");
  const text = bytes.toString("latin1");
  const isToken = /^gAAAA[A-Za-z0-9_=\s-]+$/.test(text);
  if (isToken && !plaintext) return;
  if (isToken) {
    throw new SecretsError(
      "ENCRYPTED_STORE",
      `${path} is encrypted. Open it without { encryption: "none" }.`,
    );
  }
  if (plaintext) return;
  if (!text.trimStart().startsWith("{")) throw damaged(path, "STORE_DAMAGED");
  const format = parseFlatMap(bytes.toString("utf8"))?.get("format");
  if (format !== undefined && textOf(format) === envelopeFormat)
    throw damaged(path, "WRONG_FORMAT");
  throw new SecretsError(
    "PLAINTEXT_REFUSED",
    `${path} is in plain text. Open or import it with { encryption: "none" } if that is meant ` +
      "(acc secrets import --original --plain-text).",
  );
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

function bodyOf(values: readonly [string, string][]): StoreBody {
  const body = emptyBody();
  body.entries = Object.fromEntries(
    values.map(([name, value]) => [
      name,
      { versions: [{ version: 1, state: "current" as const, value, createdAt: 0 }] },
    ]),
  );
  return body;
}

function flatOf(body: StoreBody): readonly [name: string, written: string][] {
  return Object.entries(body.entries).flatMap(([name, { versions }]) =>
    versions
      .filter(({ state }) => state === "current")
      .map(({ value }): [string, string] => [name, JSON.stringify(value ?? "")]),
  );
}
