import type { CallLog, CountedEvent } from "./call-log.ts";

/** Milliseconds between two heartbeats. */
const keepAlive = 15_000;
/** Events that are queued for a reader; beyond them it is sent `missed`. */
const mostWaiting = 64;

/** What a reader is shown, and whether the reader may still see it. */
export interface FeedReader {
  shown(event: CountedEvent): CountedEvent;
  /** Checked at each heartbeat: if the reader no longer may see it, the feed ends. */
  isIn(): Promise<boolean>;
}

/**
 * Streams calls as they end, as server-sent events: `call`, and `missed` if a slow reader lost
 * some.
 */
export function eventFeed(
  calls: CallLog,
  signal: AbortSignal,
  { shown, isIn }: FeedReader,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let stop = () => {};
  let missed = false;
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const send = (text: string) => controller.enqueue(encoder.encode(text));
        const hasRoom = () => (controller.desiredSize ?? 0) > 0;
        send(": open\n\n");
        const stopListening = calls.listen((event) => {
          if (hasRoom()) send(`event: call\ndata: ${JSON.stringify(shown(event))}\n\n`);
          else missed = true;
        });
        let isOver = false;
        const end = () => {
          if (isOver) return;
          stop();
          controller.close();
        };
        const look = async () => {
          const mayStay = await isIn().catch(() => false);
          if (!mayStay) end();
          else if (!isOver && hasRoom()) send(": alive\n\n");
        };
        const timer = setInterval(() => void look(), keepAlive);
        timer.unref();
        stop = () => {
          isOver = true;
          stopListening();
          clearInterval(timer);
          signal.removeEventListener("abort", end);
        };
        signal.addEventListener("abort", end);
        if (signal.aborted) end();
      },
      pull(controller) {
        if (!missed) return;
        missed = false;
        controller.enqueue(encoder.encode("event: missed\ndata: {}\n\n"));
      },
      cancel: () => stop(),
    },
    { highWaterMark: mostWaiting },
  );
}
