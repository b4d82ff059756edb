import { type Channel, channel } from "node:diagnostics_channel";
import { redact } from "@acc/secrets/redact";
import type { ClientEvent } from "../contract/client-event.ts";
import { type Attributes, attributesOf } from "./attributes.ts";

/** The message that a subscriber of one of this package's channels receives. */
export interface PublishedEvent {
  readonly event: ClientEvent;
  /** Milliseconds since the epoch. */
  readonly startTime: number;
  /** Milliseconds since the epoch. */
  readonly endTime: number;
  /** The event's attributes, under OpenTelemetry's names for generative AI. */
  readonly attributes: Attributes;
}

const channels: Readonly<Record<ClientEvent["type"], Channel>> = {
  "call-start": channel("acc:call-start"),
  "attempt-start": channel("acc:attempt-start"),
  "attempt-end": channel("acc:attempt"),
  limits: channel("acc:limits"),
  cache: channel("acc:cache"),
  reply: channel("acc:reply"),
  error: channel("acc:error"),
  state: channel("acc:state"),
  log: channel("acc:log"),
};

type Listener = (event: ClientEvent) => void;

/**
 * Sends events to a client's listener and to subscribers of the process's channels; neither can
 * make a call fail.
 */
export class EventSink {
  readonly #listener: Listener | undefined;
  readonly #vendor: string;

  /** `vendor` is the provider's name in OpenTelemetry's conventions. */
  constructor(listener: Listener | undefined, vendor: string) {
    this.#listener = listener;
    this.#vendor = vendor;
  }

  /** Returns a sink with one more listener. */
  heardBy(listener: Listener | undefined): EventSink {
    if (typeof listener !== "function") return this;
    const first = this.#listener;
    return new EventSink(first === undefined ? listener : both(first, listener), this.#vendor);
  }

  /** Whether anybody listens. */
  heard(type: ClientEvent["type"]): boolean {
    return this.#listener !== undefined || channels[type].hasSubscribers;
  }

  send(event: ClientEvent): void {
    if (this.#listener !== undefined) tell(this.#listener, event);
    const target = channels[event.type];
    if (!target.hasSubscribers) return;
    const endTime = Date.now();
    const published: PublishedEvent = {
      event,
      startTime: endTime - elapsed(event),
      endTime,
      attributes: attributesOf(event, this.#vendor),
    };
    target.publish(published);
  }
}

function both(one: Listener, other: Listener): Listener {
  return (event) => {
    tell(one, event);
    tell(other, event);
  };
}

function tell(listener: Listener, event: ClientEvent): void {
  try {
    const answer: unknown = listener(event);
    if (answer instanceof Promise) answer.catch(warn);
  } catch (error) {
    warn(error);
  }
}

function elapsed(event: ClientEvent): number {
  if (event.type === "attempt-end") return event.attempt.ms;
  return event.type === "reply" || event.type === "error" ? event.ms : 0;
}

function warn(error: unknown): void {
  process.emitWarning(`An onEvent listener failed: ${redact(String(error))}`, "AccWarning");
}
