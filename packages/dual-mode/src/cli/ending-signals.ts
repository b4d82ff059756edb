/** What a signal means to a host that listens for it itself. */
export type SignalMeaning =
  /** The host is to end: its runs are aborted, and the host ends as it likes. */
  | "end"
  /** The host gives the signal its own meaning; its runs go on. */
  | "its-own";

const everywhere: readonly NodeJS.Signals[] = ["SIGTERM", "SIGINT", "SIGHUP"];

/**
 * Returns the signals that end a process unless it listens, as far as Node.js can listen, and what
 * each means to a host that does. SIGUSR1 starts the debugger, SIGPROF is V8's, and after SIGSEGV
 * and its like nothing can listen. On Windows any other name would throw.
 */
export function endingSignals(
  platform: NodeJS.Platform,
): ReadonlyMap<NodeJS.Signals, SignalMeaning> {
  const ends: readonly NodeJS.Signals[] =
    platform === "win32" ? [...everywhere, "SIGBREAK"] : [...everywhere, "SIGQUIT"];
  const others: readonly NodeJS.Signals[] =
    platform === "win32" ? [] : ["SIGUSR2", "SIGALRM", "SIGVTALRM", "SIGXCPU"];
  return new Map<NodeJS.Signals, SignalMeaning>([
    ...ends.map((signal) => [signal, "end"] as const),
    ...others.map((signal) => [signal, "its-own"] as const),
  ]);
}
