import { Failure } from "../failure.ts";

/** Time without input after which the user should be told what acc waits for, in ms. */
const silence = 500;

/** How long to wait for stdin. */
export interface StdinPatience {
  /** Called once if nothing arrives for half a second. */
  readonly onSilence?: () => void;
  /** Time for all of the input, in ms. @default no limit */
  readonly timeout?: number;
}

/** Yields the chunks of stdin as they arrive. */
export async function* watchStdin({ onSilence, timeout }: StdinPatience): AsyncGenerator<Buffer> {
  const { stdin } = process;
  const endSilence = onSilence === undefined ? () => {} : afterSilence(onSilence);
  const late = timeout !== undefined && setTimeout(() => stdin.destroy(tooLate()), timeout);
  try {
    for await (const chunk of stdin) {
      endSilence();
      yield chunk;
    }
  } finally {
    endSilence();
    if (late) clearTimeout(late);
  }
}

/**
 * In a process that was blocked, the timer fires before waiting input is read, so it waits again.
 */
function afterSilence(told: () => void): () => void {
  let timer = setTimeout(() => {
    timer = setTimeout(told, 20);
  }, silence);
  return () => clearTimeout(timer);
}

function tooLate(): Failure {
  return new Failure(
    "DEADLINE_EXCEEDED",
    "Stdin did not end within the time of --timeout.",
    "Allow more time, or ask without it: --no-stdin",
  );
}
