/** Who reads the keys of the terminal for as long as a conversation lasts. */
export interface TerminalOwner {
  /** Leaves the terminal as a program finds it. */
  release(): void;
  takeBack(): void;
}

const state: { owner?: TerminalOwner | undefined } = {};

/** Gives what ends the owning. */
export function ownTerminal(owner: TerminalOwner): () => void {
  state.owner = owner;
  return () => {
    state.owner = undefined;
  };
}

/** Runs what reads from the terminal itself: what is typed there is for nobody else. */
export async function withTerminal<T>(run: () => Promise<T>): Promise<T> {
  const { owner } = state;
  owner?.release();
  try {
    return await run();
  } finally {
    owner?.takeBack();
  }
}
