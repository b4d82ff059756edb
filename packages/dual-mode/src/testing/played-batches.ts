import type { PlayedAnswer, PlayedFailure } from "./played-answer.ts";

/** A line of a batch, as the author's server received it. */
export interface PlayedLine {
  readonly id: string;
  /** The body of the request, in the vendor's form. */
  readonly body: unknown;
}

/** The outcome of a line. */
export type PlayedOutcome =
  | { readonly answer: PlayedAnswer }
  | { readonly failure: PlayedFailure }
  | "expired"
  | "cancelled";

/** A batch that was made; "moving" is a state that no API reference has. */
export interface PlayedBatch {
  readonly id: string;
  /** The metadata that the vendor stores with the lines, if it stores any. */
  readonly mark?: string | undefined;
  readonly lines: readonly PlayedLine[];
  readonly made: Date;
  readonly state: "running" | "moving" | "ended" | "cancelled";
  /** In the order in which the server sends them; empty while the batch runs. */
  readonly outcomes: readonly { readonly id: string; readonly outcome: PlayedOutcome }[];
}

/** A request to a vendor's server. */
export interface PlayedRequest {
  readonly method: string;
  /** The path without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Headers by names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The server's own address. */
  readonly origin: string;
}

/** A server's answer. */
export interface PlayedResponse {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text is sent as it is; anything else as JSON. */
  readonly body: unknown;
}

/** The batches and files of a server, for the author's `batches`. */
export class PlayedBatches {
  readonly #files = new Map<string, string>();
  readonly #batches: PlayedBatch[] = [];

  /** All batches, the newest first. */
  get all(): readonly PlayedBatch[] {
    return this.#batches.toReversed();
  }

  /** Stores an uploaded file, and returns its id. */
  keep(text: string): string {
    const id = `file${this.#files.size + 1}`;
    this.#files.set(id, text);
    return id;
  }

  /** Returns the parsed lines of a file of JSON lines. */
  linesOf(id: string): readonly unknown[] {
    const lines = (this.#files.get(id) ?? "").split("\n").filter((line) => line.trim() !== "");
    return lines.map((line) => JSON.parse(line));
  }

  make(lines: readonly PlayedLine[], mark?: string): PlayedBatch {
    const id = `batch${this.#batches.length + 1}`;
    const batch = { id, mark, lines, made: new Date(), state: "running", outcomes: [] } as const;
    this.#batches.push(batch);
    return batch;
  }

  find(id: string): PlayedBatch | undefined {
    return this.#batches.find((batch) => batch.id === id);
  }

  /** Cancels a batch with all its lines. */
  cancel(id: string): void {
    const { lines = [] } = this.find(id) ?? {};
    const outcomes = lines.map((line) => ({ id: line.id, outcome: "cancelled" as const }));
    this.turn(id, { state: "cancelled", outcomes });
  }

  turn(id: string, change: Partial<Pick<PlayedBatch, "state" | "outcomes">>): void {
    const index = this.#batches.findIndex((batch) => batch.id === id);
    const batch = this.#batches[index];
    if (batch !== undefined) this.#batches[index] = { ...batch, ...change };
  }
}
