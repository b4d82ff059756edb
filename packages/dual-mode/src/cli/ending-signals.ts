/** What a signal asks of a host that listens for it itself. */
export type SignalMeaning =
  /** To end: its runs are aborted, and the host ends as it likes. */
  | "end"
  /** Whatever the host takes it for; its runs go on. */
  | "its-own";

const everywhere: readonly NodeJS.Signals[] = ["SIGTERM", "SIGINT", "SIGHUP"];

/**
 * The signals that end a process unless it listens, as far as Node.js can listen: with each, what it
 * means to a host that does. SIGUSR1 starts the debugger, SIGPROF is V8's, and SIGSEGV and its like
 * leave nothing that could listen. On Windows any other name would throw.
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
