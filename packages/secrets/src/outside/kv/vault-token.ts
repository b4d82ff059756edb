import { SecretsError } from "../../errors.ts";
import { createSecret, type Secret } from "../../secret.ts";
import type { JsonAnswer } from "../ask-json.ts";
import { refused, unreadable } from "../store-error.ts";
import { loginOf, type VaultAuth, valueGiven } from "./vault-auth.ts";

/** Sends a request to a path of Vault, with the given token. */
export type AskVault = (
  method: "GET" | "POST",
  path: string,
  options: { readonly token?: string; readonly body?: unknown },
) => Promise<JsonAnswer>;

interface Held {
  readonly token: Secret;
  /** The lifetime from the last renewal, in milliseconds; 0 for a token that does not expire. */
  readonly lease: number;
  readonly renewable: boolean;
  /** The credentials of the login, held so that they are redacted as long as the token is. */
  readonly by?: readonly Secret[];
}

/** A token is renewed when this fraction of its lifetime has passed. */
const renewAt = 2 / 3;

/**
 * A renewed lease shorter than this fraction of the first one shows that the token is close to its
 * maximum lifetime.
 */
const nearEnd = 1 / 2;

/** The shortest time between two renewals, in milliseconds. */
const leastPause = 1_000;
const longestTimer = 2_147_483_647;

/**
 * The token of one Vault client: obtained by a login, renewed in the background, and replaced when
 * it expires.
 */
export class VaultToken {
  readonly #auth: VaultAuth;
  readonly #ask: AskVault;
  #held: Held | undefined;
  #first = 0;
  #login: Promise<Held> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(auth: VaultAuth, ask: AskVault) {
    this.#auth = auth;
    this.#ask = ask;
  }

  async get(): Promise<string> {
    return (this.#held ?? (await this.#loginOnce())).token.reveal();
  }

  /**
   * Returns a token to use instead of one that Vault refused; undefined if the refused token is
   * valid.
   */
  async replace(token: string): Promise<string | undefined> {
    const held = this.#held?.token.reveal();
    if (held !== undefined && held !== token) return held;
    if (await this.#isGood(token)) return undefined;
    if (this.#held?.token.reveal() === token) this.#forget();
    const fresh = await this.get();
    return fresh === token ? undefined : fresh;
  }

  close(): void {
    this.#closed = true;
    this.#forget();
  }

  #forget(): void {
    this.#held = undefined;
    clearTimeout(this.#timer);
  }

  /** Logs in; concurrent callers share one login. */
  #loginOnce(): Promise<Held> {
    this.#login ??= this.#logIn().finally(() => {
      this.#login = undefined;
    });
    return this.#login;
  }

  async #logIn(): Promise<Held> {
    const held = this.#auth.method === "token" ? await this.#given() : await this.#loggedIn();
    this.#held = held;
    this.#first = held.lease;
    this.#renewLater(held);
    return held;
  }

  /**
   * Looks up a token that the caller gave. A token that may not look itself up counts as one that
   * does not expire.
   */
  async #given(): Promise<Held> {
    const { token: given } = this.#auth as Extract<VaultAuth, { method: "token" }>;
    const token = await valueGiven(given, "the token");
    const { status, body } = await this.#ask("GET", "auth/token/lookup-self", { token });
    const { data } = (body ?? {}) as { data?: { ttl?: unknown; renewable?: unknown } };
    const known = status === 200 && typeof data?.ttl === "number" ? data.ttl * 1_000 : 0;
    return { token: tokenSecret(token), lease: known, renewable: data?.renewable === true };
  }

  async #loggedIn(): Promise<Held> {
    const auth = this.#auth as Exclude<VaultAuth, { method: "token" }>;
    const { path, body } = await loginOf(auth);
    const by = Object.values(body).map((value) => createSecret("vault_login", value));
    const answer = await this.#ask("POST", path, { body });
    if (answer.status >= 400) {
      throw refused(
        `Vault refuses the login by ${auth.method} (${answer.status}). Check the role, its ` +
          "mount, and whether its credentials have expired.",
      );
    }
    return { ...heldIn(answer), by };
  }

  #renewLater(held: Held, left: number = held.lease): void {
    clearTimeout(this.#timer);
    if (left === 0 || this.#closed) return;
    const wait = Math.min(Math.max(leastPause, left * renewAt), longestTimer);
    this.#timer = setTimeout(() => void this.#renew(held, left), wait);
    this.#timer.unref();
  }

  /**
   * Runs in the background. Replaces a token that cannot be renewed by a new login; a token that
   * the caller gave is kept.
   */
  async #renew(held: Held, left: number): Promise<void> {
    if (this.#held !== held) return;
    try {
      const renewed = held.renewable ? await this.#renewed(held.token.reveal()) : undefined;
      if (this.#held !== held) return;
      const dying = renewed === undefined || renewed.lease < this.#first * nearEnd;
      if (renewed !== undefined && (!dying || this.#auth.method === "token")) {
        this.#held = { ...held, lease: renewed.lease, renewable: renewed.renewable };
        this.#renewLater(this.#held);
      } else if (this.#auth.method !== "token") await this.#loginOnce();
    } catch (error) {
      const rest = left * (1 - renewAt);
      const mayHelp = SecretsError.is(error) && error.retryable && this.#held === held;
      if (mayHelp && rest > leastPause) this.#renewLater(held, rest);
    }
  }

  async #renewed(token: string): Promise<Held | undefined> {
    const answer = await this.#ask("POST", "auth/token/renew-self", { token, body: {} });
    return answer.status >= 400 ? undefined : heldIn(answer);
  }

  async #isGood(token: string): Promise<boolean> {
    const { status } = await this.#ask("GET", "auth/token/lookup-self", { token });
    return status === 200;
  }
}

function heldIn({ body }: JsonAnswer): Held {
  const { auth } = (body ?? {}) as {
    auth?: { client_token?: unknown; lease_duration?: unknown; renewable?: unknown };
  };
  const { client_token: token, lease_duration: seconds, renewable } = auth ?? {};
  if (typeof token !== "string" || token === "") throw unreadable("Vault's login gave no token.");
  const lease = typeof seconds === "number" && seconds > 0 ? seconds * 1_000 : 0;
  return { token: tokenSecret(token), lease, renewable: renewable === true };
}

function tokenSecret(token: string): Secret {
  return createSecret("vault_token", token);
}
