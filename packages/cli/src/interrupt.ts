const state = { interrupted: false };

/** Whether Ctrl-C ended what was in progress. */
export function wasInterrupted(): boolean {
  return state.interrupted;
}

/** Notes a Ctrl-C that came as a key and not as a signal. */
export function noteInterrupt(): void {
  state.interrupted = true;
}

/** Forgets a Ctrl-C that ended only a part of the command. */
export function forgetInterrupt(): void {
  state.interrupted = false;
}

/** Runs a function that the first Ctrl-C aborts; a second one ends the process at once. */
export async function untilInterrupted<T>(run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const onInterrupt = () => {
    if (state.interrupted) process.exit(130);
    state.interrupted = true;
    controller.abort();
  };
  process.on("SIGINT", onInterrupt);
  try {
    return await run(controller.signal);
  } finally {
    process.off("SIGINT", onInterrupt);
  }
}
