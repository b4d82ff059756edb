import type { ClientOptions } from "../contract/client.ts";
import type { LoadedProvider, NamedProvider } from "../contract/provider.ts";
import type { EventSink } from "../events/event-sink.ts";

/** What a client passes to each of its calls. */
export interface ClientParts<Options extends object> {
  readonly provider: NamedProvider<Options>;
  readonly options: ClientOptions;
  readonly own: Readonly<Options>;
  /** The variable that may name its command; undefined if it has no CLI mode. */
  readonly commandVariable: string | undefined;
  readonly sink: EventSink;
}

/** The same parts, once the provider's modes are loaded. */
export interface LoadedParts<Options extends object> extends ClientParts<Options> {
  readonly provider: LoadedProvider<Options>;
}
