import { Failure } from "../failure.ts";

/** Milliseconds of silence after which somebody should be told what is waited for. */
const silence = 500;

/** How long stdin is waited for. */
export interface StdinPatience {
  /** Called once, where nothing has come for half a second. */
  readonly onSilence?: () => void;
  /** Milliseconds for all of it. @default as long as it takes */
  readonly timeout?: number;
}

/** Everything on stdin, as it comes. */
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

/** A timer of a process that stood still is due before what has come is read: it looks once more. */
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
