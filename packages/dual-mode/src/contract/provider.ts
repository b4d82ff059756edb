import type { CanonicalRequest } from "./canonical.ts";
import type { Code } from "./code.ts";
import type { Feature } from "./mode.ts";
import type { ModeBatch } from "./mode-batch.ts";
import type { ProbeContext, RunContext } from "./mode-context.ts";
import type { Part } from "./part.ts";

/** With what a mode can run: a login that the CLI holds, a key, or nothing at all. */
export type CredentialKind = "login" | "key" | "none";

/** Whether a mode can be used on this machine; `supports` narrows what the mode declares. */
export type Availability =
  | {
      readonly available: true;
      /** Absolute path of the command that was found. */
      readonly command?: string;
      readonly version?: string;
      /** Whether the CLI holds a login; absent where it cannot tell. */
      readonly login?: boolean;
      readonly supports?: readonly Feature[];
    }
  | {
      readonly available: false;
      readonly code: Code;
      readonly reason: string;
      readonly fix: string;
    };

/** What a mode, or some of a vendor's models, cannot do, and why. */
export interface Lack {
  readonly features: readonly Feature[];
  /**
   * The names of the models that it is true of. Without it and without `when` nothing is taken
   * away: the reason is told of what `supports` leaves out.
   */
  readonly models?: RegExp;
  /** The requests that it is true of: some features exclude one another. */
  readonly when?: (request: CanonicalRequest) => boolean;
  /** A sentence for whoever asked for it. */
  readonly reason: string;
}

/** What a mode can do; a provider keeps it in one place, for its modes and its documentation. */
export interface ModeFeatures {
  readonly supports: readonly Feature[];
  readonly lacks?: readonly Lack[];
}

/** One mode of a provider. It is there or it is absent. */
export interface ProviderMode<Options> extends ModeFeatures {
  readonly credentials: readonly CredentialKind[];
  /** A login pays only where the caller says `billing: "login"`; else such a route is passed over. */
  readonly loginOnRequest?: true;
  probe(context: ProbeContext<Options>): Promise<Availability>;
  /** Throws {@link DualModeError} with the code that fits; anything else is `PROVIDER_FAULT`. */
  run(request: CanonicalRequest, context: RunContext<Options>): AsyncIterable<Part>;
  /**
   * What the vendor says the credential can use, page by page to the last; it costs no tokens.
   * Absent where the vendor does not tell. Throws like `run`.
   */
  listModels?(context: RunContext<Options>): Promise<readonly string[]>;
  /** The vendor's own API for many requests that may wait; of an SDK mode alone. */
  readonly batch?: ModeBatch<Options>;
}

/**
 * A mode, or what loads it: called once a client, before its first call that the cache does not
 * answer at once. Where it fails, that mode cannot be used (`PROVIDER_FAULT`).
 */
export type ModeSource<Options> = ProviderMode<Options> | (() => Promise<ProviderMode<Options>>);

/** What a provider's author writes. */
export interface Provider<Options = object> {
  /** Lower-case letters, digits and dashes: "echo". */
  readonly id: string;
  /** Where it is "", a client or a request has to name one. */
  readonly defaultModel: string;
  /** The vendor in OpenTelemetry's conventions (`gen_ai.provider.name`), as "mistral_ai". @default the id */
  readonly telemetryName?: string;
  /** Models known when this was written, for messages and completions; others work too. */
  readonly models?: readonly string[];
  /** The key: its name in the secrets store and its variables; absent where none is needed. */
  readonly credential?: { readonly name: string; readonly env: readonly string[] };
  /** Variables that move the vendor's address, in their order. */
  readonly baseUrl?: { readonly env: readonly string[] };
  /** Names of the provider's own options; any other name is refused. */
  readonly options?: readonly (keyof Options & string)[];
  readonly cli?: ModeSource<Options>;
  readonly sdk?: ModeSource<Options>;
}

/** A provider as one client knows it. */
export interface NamedProvider<Options> extends Provider<Options> {
  /** What replies, attempts and events call it: the client's own name, or the id. */
  readonly name: string;
}

/** A provider whose modes are there. */
export interface LoadedProvider<Options> extends NamedProvider<Options> {
  readonly cli?: ProviderMode<Options>;
  readonly sdk?: ProviderMode<Options>;
}
