import { channel } from "node:diagnostics_channel";
import { redact } from "@acc/secrets/redact";
import type { ClientEvent } from "../contract/client.ts";
import { type Attributes, attributesOf } from "./attributes.ts";

/** What a subscriber of `acc:attempt`, `acc:cache` or `acc:reply` is given. */
export interface PublishedEvent {
  readonly event: ClientEvent;
  /** Milliseconds since the epoch. */
  readonly startTime: number;
  /** Milliseconds since the epoch. */
  readonly endTime: number;
  /** Under OpenTelemetry's names for generative AI. */
  readonly attributes: Attributes;
}

const channels = {
  "attempt-end": channel("acc:attempt"),
  cache: channel("acc:cache"),
  reply: channel("acc:reply"),
} as const;

/** Tells the caller's listener and whoever subscribed to the process's channels; neither can fail a call. */
export function reporter(
  listener: ((event: ClientEvent) => void) | undefined,
): (event: ClientEvent) => void {
  return (event) => {
    try {
      const answer: unknown = listener?.(event);
      if (answer instanceof Promise) answer.catch(warn);
    } catch (error) {
      warn(error);
    }
    if (event.type === "attempt-start" || event.type === "log") return;
    const target = channels[event.type];
    if (!target.hasSubscribers) return;
    const endTime = Date.now();
    const published: PublishedEvent = {
      event,
      startTime: endTime - elapsed(event),
      endTime,
      attributes: attributesOf(event),
    };
    target.publish(published);
  };
}

function elapsed(event: ClientEvent): number {
  if (event.type === "attempt-end") return event.attempt.ms;
  return event.type === "reply" ? event.ms : 0;
}

function warn(error: unknown): void {
  process.emitWarning(`An onEvent listener failed: ${redact(String(error))}`, "AccWarning");
}
