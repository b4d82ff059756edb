import { randomBytes } from "node:crypto";
import type { Socket } from "node:net";
import { answerCall } from "./answer-call.ts";
import type { ClientShelf } from "./client-shelf.ts";
import { JsonLines } from "./json-lines.ts";
import type { Asked, Challenge, Introduction, Told, Unasked, Verdict } from "./messages.ts";
import { isProof, proofOf } from "./proof.ts";
import { differences, digested, type Terms } from "./terms.ts";

/**
 * The most characters from a client that has proved nothing yet, and of a call, with its images.
 */
const most = { unknown: 65_536, known: 256 * 1024 * 1024 };
/** Time for `acc chat` to introduce itself, in ms. */
const patience = 10_000;

/** The options for taking calls. */
export interface Taking {
  /** The owner's token. */
  readonly token: string;
  readonly terms: Terms;
  readonly shelf: ClientShelf;
  /** The most calls at once. */
  readonly maxCalls: number;
}

/** The calls that come over the socket. */
export class Calls {
  readonly #taking: Taking;
  /** The connected clients, each with its call in progress. */
  readonly #open = new Map<JsonLines, Promise<void> | undefined>();
  #isEnding = false;

  constructor(taking: Taking) {
    this.#taking = taking;
  }

  /** Answers one `acc chat`, call after call, until it disconnects. */
  async take(socket: Socket): Promise<void> {
    const lines = new JsonLines(socket, most.unknown);
    this.#open.set(lines, undefined);
    const left = new AbortController();
    lines.whenClosed(() => left.abort());
    try {
      if (await this.#accepts(lines)) {
        lines.allow(most.known);
        await this.#answerEach(lines, left.signal);
      }
    } finally {
      lines.end();
      this.#open.delete(lines);
    }
  }

  /** Disconnects clients without a call; calls in progress have until the signal. */
  async end(signal: AbortSignal): Promise<void> {
    this.#isEnding = true;
    const inFlight = this.#inFlight();
    for (const [lines, call] of this.#open) if (call === undefined) lines.leave();
    const over = new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      else signal.addEventListener("abort", () => resolve(), { once: true });
    });
    await Promise.race([over, Promise.allSettled(inFlight)]);
    for (const lines of this.#open.keys()) lines.leave();
    await Promise.allSettled(inFlight);
  }

  #inFlight(): readonly Promise<void>[] {
    return [...this.#open.values()].filter((call) => call !== undefined);
  }

  async #answerEach(lines: JsonLines, signal: AbortSignal): Promise<void> {
    for (;;) {
      const asked = (await lines.next()) as Asked | null | undefined;
      if (typeof asked !== "object" || asked === null) return;
      const unasked = this.#whyNot();
      if (unasked !== undefined) {
        lines.write({ unasked } satisfies Told);
        return;
      }
      const call = this.#answer(asked, lines, signal);
      this.#open.set(lines, call);
      await call;
      if (this.#isEnding) return;
      this.#open.set(lines, undefined);
    }
  }

  #whyNot(): Unasked | undefined {
    if (this.#isEnding) return "ending";
    return this.#inFlight().length < this.#taking.maxCalls ? undefined : "busy";
  }

  /** A call is over once its end has been sent. */
  async #answer(asked: Asked, lines: JsonLines, signal: AbortSignal): Promise<void> {
    const tell = (told: Told) => lines.write(told);
    if (!(await tell({ taken: true }))) return;
    let last: Promise<boolean> | undefined;
    await answerCall(asked, this.#taking.shelf, signal, (told) => {
      last = tell(told);
    });
    await last;
  }

  async #accepts(lines: JsonLines): Promise<boolean> {
    const nonce = randomBytes(32).toString("base64url");
    const timer = setTimeout(() => lines.leave(), patience);
    lines.write({ nonce } satisfies Challenge);
    const said = ((await lines.next()) ?? {}) as Partial<Introduction>;
    clearTimeout(timer);
    const verdict = this.#verdictOn(said, nonce);
    lines.write(verdict);
    return "accepted" in verdict;
  }

  #verdictOn({ proof, nonce: theirs, terms }: Partial<Introduction>, nonce: string): Verdict {
    const { token, terms: own } = this.#taking;
    if (!isProof(proof, "acc chat", token, nonce)) return { refused: "token" };
    if (this.#isEnding) return { refused: "ending" };
    const differs = differences(digested(own, token, nonce), Object(terms));
    if (differs.length > 0) return { refused: { differs } };
    return {
      accepted: { pid: process.pid, proof: proofOf("acc serve", token, String(theirs)) },
    };
  }
}
