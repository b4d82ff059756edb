import {
  type Attempt,
  type ClientEvent,
  DualModeError,
  type Mode,
  type Part,
  type Reply,
  type Usage,
} from "@acc/dual-mode";
import type { LostAttempt } from "../contract/access.ts";

/** What is known of a call while it runs, collected from its events and parts. */
export class CallTrace {
  attempts = 0;
  provider: string | undefined;
  mode: Mode | undefined;
  model: string | undefined;
  cached = false;
  joined = false;
  warm = false;
  usage: Usage | undefined;
  reply: Reply | undefined;
  /** Failed attempts whose usage their vendors reported. */
  readonly lost: LostAttempt[] = [];
  /** Codes of the answer's warnings. */
  readonly warnings: Set<string> = new Set();

  readonly hear = (event: ClientEvent): void => {
    switch (event.type) {
      case "attempt-start":
        this.attempts += 1;
        this.#from(event.provider, event.model);
        this.mode = event.mode;
        break;
      case "attempt-end":
        this.warm = event.attempt.warm === true;
        this.#lose(event.attempt);
        break;
      case "cache":
        this.cached = event.hit;
        this.#from(event.provider, event.model);
        break;
      case "reply":
        this.take(event.reply);
        break;
    }
  };

  see(part: Part): void {
    if (part.type === "start" && part.model !== undefined) this.model = part.model;
    else if (part.type === "usage") this.usage = { ...this.usage, ...part.usage };
    else if (part.type === "warning") this.warnings.add(part.warning.code);
  }

  take(reply: Reply): void {
    this.reply = reply;
    this.provider = reply.provider;
    this.mode = reply.mode;
    this.model = reply.model;
    this.cached = reply.cached;
    this.joined = reply.joined === true;
    this.warm = reply.warm === true;
    this.attempts = Math.max(this.attempts, this.joined ? 0 : reply.attempts.length);
    this.usage = reply.usage ?? this.usage;
    for (const { code } of reply.warnings) this.warnings.add(code);
  }

  /** Reads the attempts of a failed call from its error, in case nobody listened to its events. */
  fail(error: unknown): void {
    if (!DualModeError.is(error)) return;
    this.attempts = Math.max(this.attempts, error.attempts.length);
    const last = error.attempts.at(-1);
    if (last === undefined) return;
    this.#from(last.provider, last.model);
    this.mode = last.mode;
  }

  #lose({ code, usage, provider, model }: Attempt): void {
    if (code !== undefined && usage !== undefined) this.lost.push({ provider, model, usage });
  }

  #from(provider: string, model: string | undefined): void {
    this.provider = provider;
    this.model = model;
  }
}
