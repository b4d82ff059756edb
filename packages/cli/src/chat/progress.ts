import type { Attempt, ClientEvent } from "@acc/dual-mode";
import { printableLine } from "../output/printable.ts";
import { coloursOf, isQuiet, write as writeTo } from "../output/terminal.ts";
import { timeAgo } from "../output/time-ago.ts";

/** Shows the progress of a call on stderr: a spinner on a terminal, or one line per step. */
export interface Progress {
  readonly onEvent: (event: ClientEvent) => void;
  /** The answer is arriving: nothing may be written between its words. */
  stop(): void;
  /** The answer is written, or there will be none. */
  end(): void;
}

/** How to ask again for a cached answer, as shown in its note. */
const anew = { chat: "acc chat --refresh", conversation: "/retry" };

export async function startProgress(verbose: boolean, of: keyof typeof anew): Promise<Progress> {
  if (verbose) return lineAStep();
  if (!process.stderr.isTTY || isQuiet()) return silent;
  const note = noteOfCache(anew[of]);
  if (process.env.TERM === "dumb") return note;
  const { default: createSpinner } = await import("yocto-spinner");
  const spinner = createSpinner({ stream: process.stderr, handleSignals: false });
  const stop = () => {
    if (spinner.isSpinning) spinner.stop();
  };
  return {
    onEvent(event) {
      note.onEvent(event);
      if (event.type !== "attempt-start") return;
      spinner.text = printableLine(`${routeOf(event)} …`);
      if (!spinner.isSpinning) spinner.start();
    },
    stop,
    end() {
      stop();
      note.end();
    },
  };
}

const silent: Progress = { onEvent: () => {}, stop: () => {}, end: () => {} };

/** Notes the age of a cached answer, if a person reads it. */
function noteOfCache(way: string): Progress {
  let hit: { readonly storedAt?: number } | undefined;
  return {
    onEvent(event) {
      if (event.type === "cache") hit = event.hit ? event : undefined;
      if (event.type === "attempt-start" || event.type === "error") hit = undefined;
    },
    stop: () => {},
    end() {
      if (hit !== undefined && process.stdout.isTTY) {
        writeLine(`from the cache${kept(hit.storedAt)}; ${way} asks again`);
      }
      hit = undefined;
    },
  };
}

/** Events that happen while the answer is being written are reported after it. */
function lineAStep(): Progress {
  const held: ClientEvent[] = [];
  const reasons = new Set<string>();
  let writing = false;
  const write = (event: ClientEvent) => {
    const line = describe(event, reasons);
    if (line !== undefined) writeLine(line);
  };
  return {
    onEvent: (event) => {
      if (writing) held.push(event);
      else write(event);
    },
    stop: () => {
      writing = true;
    },
    end: () => {
      writing = false;
      for (const event of held.splice(0)) write(event);
    },
  };
}

function writeLine(line: string): void {
  const { dim } = coloursOf(process.stderr);
  writeTo(process.stderr, `${dim(line)}\n`);
}

function describe(event: ClientEvent, reasons: Set<string>): string | undefined {
  switch (event.type) {
    case "attempt-start":
      return `→ ${routeOf(event)}, ${event.model}`;
    case "attempt-end":
      return outcome(event.attempt, reasons);
    case "cache":
      return event.hit
        ? `✓ from the cache${kept(event.storedAt)}, ${event.cid}`
        : `· not in the cache, ${event.cid}`;
    case "reply":
      return `✓ reply in ${event.ms} ms`;
    case "log":
      return `· ${event.message}`;
  }
}

function kept(storedAt: number | undefined): string {
  return storedAt === undefined ? "" : `, ${timeAgo(storedAt)}`;
}

/** Each reason is printed only once, however often it recurs. */
function outcome(attempt: Attempt, reasons: Set<string>): string {
  const { code, reason = "", ms, warm } = attempt;
  const how = warm ? ", by a process that had waited" : "";
  if (code === undefined) return `✓ ${routeOf(attempt)} answered, ${Math.round(ms)} ms${how}`;
  const failed = `✗ ${routeOf(attempt)}: ${code}, ${Math.round(ms)} ms`;
  if (reason === "") return failed;
  if (reasons.has(reason)) return `${failed}, as before`;
  reasons.add(reason);
  return `${failed}: ${reason}`;
}

function routeOf({
  provider,
  mode,
  credential,
}: Pick<Attempt, "provider" | "mode" | "credential">): string {
  return `${provider} ${mode} (${credential})`;
}
