import type { CallOptions, ChatRequest } from "@acc/dual-mode";

/** Answers that an app may still refuse. */
const mostAnswers = 1_000;

/** One question, as it is to be asked now. */
interface Question {
  readonly options: CallOptions;
  /** The id under which the app may refuse what came. */
  answered(id: string): void;
}

/**
 * What an app has refused. The AI SDK tells its providers nothing of the check of an app's, so the app
 * says it; the same question then goes past the cache, once, and the new answer takes the old one's place.
 */
export class RefusedAnswers {
  /** By the answer's id, the question; the oldest first. */
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

/** An import loads no cryptography. */
function digest(text: string): string {
  const { createHash } = process.getBuiltinModule("node:crypto");
  return createHash("sha256").update(text).digest("base64");
}

/** NoObjectGeneratedError and results of the AI SDK have it in the same place. */
function answerId(answer: unknown): string | undefined {
  const { response } = Object(answer) as { response?: { id?: unknown } };
  return typeof response?.id === "string" ? response.id : undefined;
}
