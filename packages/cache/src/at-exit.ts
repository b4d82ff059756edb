const actions: Set<() => void> = new Set();
let listening = false;

/** Has something done at the end of a program that closes nothing. Returns what calls it off. */
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
      // Nobody is left to be told.
    }
  }
}
