import type { CallOptions, ChatRequest } from "@acc/dual-mode";

/** Most answers that are remembered so that an app may refuse them. */
const mostAnswers = 1_000;

/** A request, with the options to send it with now. */
interface Question {
  readonly options: CallOptions;
  /** Remembers the id under which the app may refuse the answer. */
  answered(id: string): void;
}

/**
 * Answers that an app has refused. The AI SDK does not tell its providers that an app's own check
 * failed, so the app has to report it. The same request then bypasses the cache once, and the new
 * answer replaces the old one.
 */
export class RefusedAnswers {
  /** Keys of requests by the ids of their answers; the oldest first. */
  readonly #asked = new Map<string, string>();
  readonly #refused = new Set<string>();

  question(client: string, request: ChatRequest, options: CallOptions): Question {
    if (request.schema === undefined && request.json === undefined) {
      return { options, answered: () => {} };
    }
    const { tenant } = options;
    const key = digest(JSON.stringify([client, tenant ?? null, request]));
    const isAnew = this.#refused.has(key) && (options.cache ?? "default") === "default";
    return {
      options: isAnew ? { ...options, cache: "refresh" } : options,
      answered: (id) => {
        this.#refused.delete(key);
        this.#remember(id, key);
      },
    };
  }

  refuse(answer: unknown): boolean {
    const key = this.#asked.get(answerId(answer) ?? "");
    if (key !== undefined) this.#refused.add(key);
    return key !== undefined;
  }

  #remember(id: string, key: string): void {
    this.#asked.delete(id);
    this.#asked.set(id, key);
    const [oldest] = this.#asked.keys();
    if (this.#asked.size > mostAnswers && oldest !== undefined) this.#asked.delete(oldest);
  }
}

/** Loads cryptography only when it is needed, and not at import. */
function digest(text: string): string {
  const { createHash } = process.getBuiltinModule("node:crypto");
  return createHash("sha256").update(text).digest("base64");
}

/** Reads the id from where NoObjectGeneratedError and the AI SDK's results have it. */
function answerId(answer: unknown): string | undefined {
  const { response } = Object(answer) as { response?: { id?: unknown } };
  return typeof response?.id === "string" ? response.id : undefined;
}
