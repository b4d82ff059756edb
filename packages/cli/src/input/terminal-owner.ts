/** The reader of the terminal's keys during a conversation. */
export interface TerminalOwner {
  /** Restores the terminal for another program. */
  release(): void;
  takeBack(): void;
}

const state: { owner?: TerminalOwner | undefined } = {};

/** Sets the owner of the terminal, and returns a function that ends the ownership. */
export function ownTerminal(owner: TerminalOwner): () => void {
  state.owner = owner;
  return () => {
    state.owner = undefined;
  };
}

/** Runs a function that reads from the terminal itself, while the owner reads nothing. */
export async function withTerminal<T>(run: () => Promise<T>): Promise<T> {
  const { owner } = state;
  owner?.release();
  try {
    return await run();
  } finally {
    owner?.takeBack();
  }
}
