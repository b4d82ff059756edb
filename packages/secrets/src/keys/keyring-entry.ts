import type { AsyncEntry } from "@napi-rs/keyring";
import { SecretsError } from "../errors.ts";

/** How long the keychain may take, in milliseconds: it may be waiting for a person. */
const patience = 30_000;

/** One entry of the OS keychain. On Linux only the Secret Service is used. */
export class KeyringEntry {
  readonly #entry: AsyncEntry;

  private constructor(entry: AsyncEntry) {
    this.#entry = entry;
  }

  /** @throws SecretsError `KEYCHAIN_UNAVAILABLE` */
  static async open(service: string, account: string): Promise<KeyringEntry> {
    try {
      const { AsyncEntry } = await import("@napi-rs/keyring");
      return new KeyringEntry(
        new AsyncEntry(service, account, { linux: { store: "secret-service" } }),
      );
    } catch (cause) {
      throw unavailable(cause);
    }
  }

  read(): Promise<string | undefined> {
    return inTime(async (signal) => (await this.#entry.getPassword(signal)) ?? undefined);
  }

  write(text: string): Promise<void> {
    return inTime((signal) => this.#entry.setPassword(text, signal));
  }

  /** Returns true if the entry existed. */
  remove(): Promise<boolean> {
    return inTime((signal) => this.#entry.deleteCredential(signal));
  }
}

async function inTime<T>(task: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), patience);
  try {
    return await task(controller.signal);
  } catch (cause) {
    throw unavailable(cause);
  } finally {
    clearTimeout(timer);
  }
}

function unavailable(cause: unknown): SecretsError {
  return new SecretsError(
    "KEYCHAIN_UNAVAILABLE",
    "The OS keychain cannot be used. Install @napi-rs/keyring beside @acc/secrets; on Linux have " +
      "a Secret Service (such as gnome-keyring) running and unlocked on the session's D-Bus.",
    { cause, retryable: true },
  );
}
