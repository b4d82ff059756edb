const actions: Set<() => void> = new Set();
let listening = false;

/**
 * Runs an action when the process exits, for a program that does not close the cache. Returns a
 * function that cancels it.
 */
export function atExit(action: () => void): () => void {
  actions.add(action);
  if (!listening) {
    listening = true;
    process.on("exit", runAll);
  }
  return () => {
    actions.delete(action);
  };
}

function runAll(): void {
  for (const action of actions) {
    try {
      action();
    } catch {
      // At exit there is nobody to report the error to.
    }
  }
}
