import { userInfo } from "node:os";
import { SecretsError } from "../errors.ts";
import type { AuditState } from "../store-body.ts";
import type { OnWarning } from "../warning.ts";
import { appendLines } from "./audit-file.ts";
import { type AuditEntry, formatLine, lineFormat, type SignedEntry } from "./audit-line.ts";
import type { AuditOptions } from "./audit-options.ts";

/** An event that has no place in the chain yet. */
export interface AuditEvent {
  readonly action: string;
  readonly actor?: string;
  readonly name?: string;
  readonly version?: number;
  readonly source?: string;
  /** @default "ok" */
  readonly outcome?: string;
}

/** The longest actor, in characters, so that no line exceeds its limit. */
const longestActor = 256;

/** Records events as a chain of signed lines, in a file next to the store. */
export class AuditLog {
  readonly path: string;
  readonly required: boolean;
  readonly #actor: string;
  readonly #now: () => number;
  readonly #onWarning: OnWarning;
  #lost = 0;

  constructor(path: string, options: AuditOptions, now: () => number, onWarning: OnWarning) {
    this.path = path;
    this.required = options.mode === "required";
    this.#actor = (options.actor ?? userName()).slice(0, longestActor);
    this.#now = now;
    this.#onWarning = onWarning;
  }

  /** The number of events that could not be recorded. */
  get lost(): number {
    return this.#lost;
  }

  /**
   * Appends the events, and returns the checkpoint that covers them. The caller holds the lock.
   *
   * @throws SecretsError `AUDIT_UNAVAILABLE` if the audit is required
   */
  async append(
    state: AuditState,
    events: readonly AuditEvent[],
    generation: number | undefined,
  ): Promise<AuditState["checkpoint"]> {
    let end = state.checkpoint;
    try {
      const sync = generation !== undefined || this.required;
      await appendLines(this.path, state.epochs, sync, (last) => {
        end = laterOf(last, state.checkpoint);
        return events
          .map((event) => {
            const entry = this.#entry(event, generation, state.epochs.length - 1, end);
            const { text, mac } = formatLine(entry, state.epochs.at(-1) ?? "");
            end = { seq: entry.seq, mac };
            return `${text}\n`;
          })
          .join("");
      });
      return end;
    } catch (cause) {
      this.lose(events.length, cause);
      return state.checkpoint;
    }
  }

  /** Counts events that cannot be recorded; throws if the audit is required. */
  lose(count: number, cause?: unknown): void {
    if (this.required) {
      throw new SecretsError(
        "AUDIT_UNAVAILABLE",
        `The audit ${this.path} cannot be written, and it is required. Nothing was done.`,
        { cause, retryable: true },
      );
    }
    if (this.#lost === 0) {
      const message = `The audit ${this.path} cannot be written; lines are lost.`;
      this.#onWarning({ code: "AUDIT_LOST", message });
    }
    this.#lost += count;
  }

  #entry(
    event: AuditEvent,
    generation: number | undefined,
    epoch: number,
    before: AuditState["checkpoint"],
  ): AuditEntry {
    const { action, actor = this.#actor, name, version, source, outcome = "ok" } = event;
    return {
      seq: before.seq + 1,
      format: lineFormat,
      time: new Date(this.#now()).toISOString(),
      pid: process.pid,
      actor,
      action,
      ...(name !== undefined && { name }),
      ...(version !== undefined && { version }),
      ...(source !== undefined && { source }),
      outcome,
      ...(generation !== undefined && { generation }),
      epoch,
      prev: before.mac,
    };
  }
}

/**
 * If lines after the checkpoint were cut off, the chain continues from it: the gap stays visible.
 */
function laterOf(
  last: SignedEntry | undefined,
  checkpoint: AuditState["checkpoint"],
): AuditState["checkpoint"] {
  return last && last.seq >= checkpoint.seq ? { seq: last.seq, mac: last.mac } : checkpoint;
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? "unknown"}`;
  }
}
