import { SecretsError } from "../../errors.ts";
import { firstLine } from "../../programs/first-line.ts";
import { createSecret, type Secret } from "../../secret.ts";
import { askJson, type Fetch, type JsonAnswer, type JsonQuestion } from "../ask-json.ts";
import { refused, unavailable } from "../store-error.ts";
import { tellable, toldReason } from "../told-reason.ts";
import { tryAgain } from "../try-again.ts";

/**
 * Returns an OAuth access token for the scope `cloud-platform`. It is called before each request;
 * after a refused token it is called once more with that token, so that a cache of tokens can drop
 * it.
 */
export type AccessToken = (refused?: string) => string | Promise<string>;

/** A client of the documented REST API of Google Secret Manager, version 1. */
export class GcpClient {
  readonly #base: URL;
  readonly #token: AccessToken;
  readonly #fetch: Fetch;
  readonly #timeout: number;
  /** The token in use, held so that it is redacted. */
  #last: Secret | undefined;

  constructor(options: {
    readonly base: URL;
    readonly token: AccessToken;
    readonly fetch: Fetch;
    readonly timeout: number;
  }) {
    this.#base = options.base;
    this.#token = options.token;
    this.#fetch = options.fetch;
    this.#timeout = options.timeout;
  }

  /**
   * Sends a request; if the token is refused, sends it once more with a newer token, if there is
   * one.
   *
   * @throws SecretsError `STORE_UNAVAILABLE`, `STORE_REFUSED`
   */
  async ask(method: JsonQuestion["method"], path: string, body?: unknown): Promise<JsonAnswer> {
    const token = await this.#current();
    const answer = await this.#ask(method, path, body, token);
    if (answer.status !== 401) return answer;
    const other = await this.#current(token);
    const again = other === token ? answer : await this.#ask(method, path, body, other);
    if (again.status !== 401) return again;
    throw refused("Google refuses the access token (401). It has expired, or is not valid.");
  }

  async #current(spent?: string): Promise<string> {
    let token: string;
    try {
      token = (await (spent === undefined ? this.#token() : this.#token(spent))).trim();
    } catch (cause) {
      if (SecretsError.is(cause)) throw cause;
      throw unavailable(`There is no access token for Google now${toldReason(cause)}.`, {
        cause: tellable(cause),
      });
    }
    if (!/^[\x21-\x7e]+$/.test(token))
      throw refused("The access token for Google is not a single word.");
    if (this.#last?.reveal() !== token) this.#last = createSecret("gcp_access_token", token);
    return token;
  }

  #ask(
    method: JsonQuestion["method"],
    path: string,
    body: unknown,
    token: string,
  ): Promise<JsonAnswer> {
    const url = new URL(path, this.#base);
    const headers = { authorization: `Bearer ${token}` };
    const question = { method, url, headers, ...(body !== undefined && { body }) };
    return tryAgain(this.#timeout, async (timeout) => {
      const answer = await askJson(question, { fetch: this.#fetch, timeout });
      if (answer.status < 500 && answer.status !== 429) return answer;
      const { retryAfter } = answer;
      throw unavailable(
        `Google ${answer.status === 429 ? "limits its callers" : "cannot answer"} (${answer.status}).`,
        retryAfter === undefined ? {} : { retryAfter },
      );
    });
  }
}

/** Returns Google's status of an error, such as NOT_FOUND. */
export function statusOf({ body }: JsonAnswer): string {
  const { error } = (body ?? {}) as { error?: { status?: unknown } };
  return typeof error?.status === "string" ? error.status : "";
}

export function gcpRefusal(what: string, answer: JsonAnswer): SecretsError {
  const { error } = (answer.body ?? {}) as { error?: { message?: unknown } };
  const said = typeof error?.message === "string" ? firstLine(error.message) : "";
  return refused(`Google refuses ${what} (${answer.status})${said === "" ? "." : `: ${said}`}`);
}
