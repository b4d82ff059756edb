import type { CallLog } from "./call-log.ts";

/** Milliseconds between two signs of life. */
const keepAlive = 15_000;
/** Events that wait for a reader; then it is told that it missed some. */
const mostWaiting = 64;

/** Calls as they end, as server-sent events: `call`, and `missed` where a slow reader lost some. */
export function eventFeed(calls: CallLog, signal: AbortSignal): ReadableStream<Uint8Array> {
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
          if (hasRoom()) send(`event: call\ndata: ${JSON.stringify(event)}\n\n`);
          else missed = true;
        });
        const timer = setInterval(() => hasRoom() && send(": alive\n\n"), keepAlive);
        timer.unref();
        const end = () => {
          stop();
          controller.close();
        };
        stop = () => {
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
