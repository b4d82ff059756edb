import { SecretsError } from "../../errors.ts";
import { firstLine } from "../../programs/first-line.ts";
import { askJson, type Fetch, type JsonAnswer, type JsonQuestion } from "../ask-json.ts";
import { refused, unavailable } from "../store-error.ts";
import { tryAgain } from "../try-again.ts";
import { checkAuth, type VaultAuth } from "./vault-auth.ts";
import { VaultToken } from "./vault-token.ts";

/** A server of HashiCorp Vault or OpenBao, and how to log in to it. */
export interface VaultOptions {
  /** Such as "https://vault.example.com:8200". */
  readonly address: string;
  readonly auth: VaultAuth;
  /** The namespace, of Vault Enterprise and OpenBao. */
  readonly namespace?: string;
  /** How long one answer may take, in milliseconds. @default 10_000 */
  readonly timeout?: number;
  /** The function that makes HTTP requests. @default the `fetch` of Node.js */
  readonly fetch?: Fetch;
}

interface Question {
  readonly token?: string;
  readonly body?: unknown;
  readonly query?: Readonly<Record<string, string>>;
}

const usualTimeout = 10_000;

/** A client of Vault's documented HTTP API, version 1. */
export class VaultClient {
  readonly #options: VaultOptions;
  readonly #base: URL;
  readonly #fetch: Fetch;
  readonly #timeout: number;
  readonly #token: VaultToken;

  /** @throws SecretsError `INVALID_OPTION` */
  constructor(options: VaultOptions) {
    this.#options = options;
    this.#base = baseOf(options.address);
    this.#fetch = options.fetch ?? globalThis.fetch;
    this.#timeout = options.timeout ?? usualTimeout;
    checkAuth(options.auth);
    this.#token = new VaultToken(options.auth, (method, path, question) =>
      this.#ask(method, path, question),
    );
  }

  /**
   * Sends a request with a valid token. If the token has expired in the meantime, it is replaced,
   * and the request is sent once more.
   *
   * @throws SecretsError `STORE_UNAVAILABLE`, `STORE_REFUSED`
   */
  async ask(
    method: JsonQuestion["method"],
    path: string,
    question: Omit<Question, "token"> = {},
  ): Promise<JsonAnswer> {
    const token = await this.#token.get();
    const answer = await this.#ask(method, path, { ...question, token });
    if (answer.status !== 403) return answer;
    const other = await this.#token.replace(token);
    const again =
      other === undefined ? answer : await this.#ask(method, path, { ...question, token: other });
    if (again.status !== 403) return again;
    throw refused(
      `Vault does not let this token ${method === "GET" ? "read" : "change"} ${path} (403). ` +
        "Check its policy, the mount, the namespace, and whether the token has expired.",
    );
  }

  /** Checks that the server can be reached and accepts the token. */
  async check(): Promise<void> {
    const { status } = await this.ask("GET", "auth/token/lookup-self");
    if (status !== 200) throw refused(`Vault does not know the token (${status}).`);
  }

  close(): void {
    this.#token.close();
  }

  /** Sends a request, tries again during an outage, and returns the first other response. */
  #ask(method: JsonQuestion["method"], path: string, question: Question): Promise<JsonAnswer> {
    return tryAgain(this.#timeout, async (timeout) => {
      const answer = await this.#follow(this.#questionOf(method, path, question), timeout);
      if (answer.status < 500 && ![412, 429, 472, 473].includes(answer.status)) return answer;
      throw outage(answer);
    });
  }

  /**
   * Follows one redirect, by which a standby server points to the active one, but never from HTTPS
   * to HTTP.
   */
  async #follow(question: JsonQuestion, timeout: number): Promise<JsonAnswer> {
    const how = { fetch: this.#fetch, timeout };
    const answer = await askJson(question, how);
    if (answer.status < 300 || answer.status >= 400) return answer;
    const { url } = question;
    const active =
      answer.location !== undefined && URL.canParse(answer.location, url.href)
        ? new URL(answer.location, url)
        : undefined;
    const isSafe = active?.protocol === url.protocol || active?.protocol === "https:";
    if (!active || !isSafe || active.pathname !== url.pathname) {
      throw refused(`Vault at ${url.origin} redirects to another place than its active server.`);
    }
    const again = await askJson({ ...question, url: active }, how);
    if (again.status < 300 || again.status >= 400) return again;
    throw unavailable(`Vault at ${url.origin} has no active server: each points to another.`);
  }

  #questionOf(method: JsonQuestion["method"], path: string, question: Question): JsonQuestion {
    const { token, body, query = {} } = question;
    const url = new URL(`v1/${path.split("/").map(encodeURIComponent).join("/")}`, this.#base);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const { namespace } = this.#options;
    const headers = {
      "x-vault-request": "true",
      ...(token !== undefined && { "x-vault-token": token }),
      ...(namespace !== undefined && { "x-vault-namespace": namespace }),
    };
    return { method, url, headers, ...(body !== undefined && { body }) };
  }
}

/** Returns the errors in Vault's response as one line that is safe to print. */
export function saidBy({ body }: JsonAnswer): string {
  const { errors } = (body ?? {}) as { errors?: unknown };
  const words = Array.isArray(errors) ? errors.filter((each) => typeof each === "string") : [];
  return firstLine(words.join("; ").replaceAll(/\s*\n\s*/g, " "));
}

function outage(answer: JsonAnswer): Error {
  const said = saidBy(answer);
  const why = answer.status === 429 ? "limits its callers" : "cannot answer";
  const isSealed = /sealed/i.test(said);
  const message = isSealed ? "is sealed" : `${why} (${answer.status})`;
  const more = said === "" || isSealed ? "" : `: ${said}`;
  const { retryAfter } = answer;
  return unavailable(`Vault ${message}${more}.`, retryAfter === undefined ? {} : { retryAfter });
}

function baseOf(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const isPlain = url !== undefined && url.username === "" && url.search === "" && url.hash === "";
  if (isPlain && /^https?:$/.test(url.protocol)) {
    if (!url.pathname.endsWith("/")) url.pathname += "/";
    return url;
  }
  throw new SecretsError(
    "INVALID_OPTION",
    "`address` is the URL of Vault, such as https://vault.example.com:8200.",
  );
}
