import type { RunPart } from "../tools-loop/contract.ts";

/**
 * Milliseconds of silence after which a comment is sent: proxies close a connection that is silent
 * for a minute.
 */
const silence = 15_000;

/** The format in which parts are written. */
export interface BodyForm {
  /** Returns an empty text if the format has nothing for a part. */
  write(part: RunPart): string;
  /**
   * Returns the text that reports a failure in mid-stream; undefined if the body has to break off.
   */
  fail(error: unknown): string | undefined;
  /** Sent during silence; empty if the format has no such text. */
  readonly keepAlive: string;
}

/** The source of a body. */
export interface BodySource {
  readonly reader: AsyncIterator<RunPart>;
  readonly first: IteratorResult<RunPart>;
  readonly form: BodyForm;
  readonly onError: (error: unknown) => void;
  /** Called once: at the end, after a failure, or when the body's reader has gone. */
  readonly ended: () => void;
}

/** Returns the bytes of a response; the stream is read as fast as they are taken. */
export function streamBody({
  reader,
  first,
  form,
  onError,
  ended,
}: BodySource): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let next: IteratorResult<RunPart> | undefined = first;
  let timer: NodeJS.Timeout | undefined;
  const finish = () => {
    clearInterval(timer);
    ended();
  };
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        if (form.keepAlive === "") return;
        timer = setInterval(() => {
          const isTaken = (controller.desiredSize ?? -1) >= 0;
          if (isTaken) controller.enqueue(encoder.encode(form.keepAlive));
        }, silence);
        timer.unref();
      },
      async pull(controller) {
        try {
          for (;;) {
            const result = next ?? (await reader.next());
            next = undefined;
            if (result.done) break;
            const text = form.write(result.value);
            if (text === "") continue;
            timer?.refresh();
            controller.enqueue(encoder.encode(text));
            return;
          }
          finish();
          controller.close();
        } catch (error) {
          finish();
          onError(error);
          const told = form.fail(error);
          if (told === undefined) return controller.error(error);
          controller.enqueue(encoder.encode(told));
          controller.close();
        }
      },
      async cancel() {
        finish();
        await reader.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}
