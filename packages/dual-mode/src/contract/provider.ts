import type { CanonicalRequest } from "./canonical.ts";
import type { Code } from "./code.ts";
import type { Feature } from "./mode.ts";
import type { ModeBatch } from "./mode-batch.ts";
import type { ProbeContext, RunContext } from "./mode-context.ts";
import type { Part } from "./part.ts";

/** What a mode can run with: a login of the CLI, a key, or neither. */
export type CredentialKind = "login" | "key" | "none";

/**
 * Whether a mode can be used on this machine; `supports` narrows the features that the mode
 * declares.
 */
export type Availability =
  | {
      readonly available: true;
      /** Absolute path of the command that was found. */
      readonly command?: string;
      readonly version?: string;
      /** Whether the CLI has a login; absent if it cannot tell. */
      readonly login?: boolean;
      readonly supports?: readonly Feature[];
    }
  | {
      readonly available: false;
      readonly code: Code;
      readonly reason: string;
      readonly fix: string;
    };

/** Features that a mode, or some of a vendor's models, lack, and why. */
export interface Lack {
  readonly features: readonly Feature[];
  /**
   * The names of the models to which it applies. Without it and without `when`, it removes no
   * feature: it only gives the reason for what `supports` does not list.
   */
  readonly models?: RegExp;
  /** The requests to which it applies: some features exclude one another. */
  readonly when?: (request: CanonicalRequest) => boolean;
  /** The reason, as a sentence for the caller who asked for the feature. */
  readonly reason: string;
}

/**
 * The features of a mode; a provider keeps them in one place, for its modes and its documentation.
 */
export interface ModeFeatures {
  readonly supports: readonly Feature[];
  readonly lacks?: readonly Lack[];
}

/** One mode of a provider. */
export interface ProviderMode<Options> extends ModeFeatures {
  readonly credentials: readonly CredentialKind[];
  /**
   * Set if the login is used only when the caller says `billing: "login"`; otherwise its route is
   * skipped.
   */
  readonly loginOnRequest?: true;
  probe(context: ProbeContext<Options>): Promise<Availability>;
  /** Throws {@link DualModeError} with the matching code; anything else is `PROVIDER_FAULT`. */
  run(request: CanonicalRequest, context: RunContext<Options>): AsyncIterable<Part>;
  /**
   * Lists the models that the credential can use, from all pages of the vendor's list, without
   * spending tokens. Absent if the vendor has no such list. Throws like `run`.
   */
  listModels?(context: RunContext<Options>): Promise<readonly string[]>;
  /** The vendor's batch API; only for an SDK mode. */
  readonly batch?: ModeBatch<Options>;
}

/**
 * A mode, or a function that loads it. The function is called once per client, before its first
 * call that the cache does not answer at once. If it fails, that mode cannot be used
 * (`PROVIDER_FAULT`).
 */
export type ModeSource<Options> = ProviderMode<Options> | (() => Promise<ProviderMode<Options>>);

/** A provider, as its author declares it. */
export interface Provider<Options = object> {
  /** Lower-case letters, digits and dashes: "echo". */
  readonly id: string;
  /** If it is "", a client or a request must name one. */
  readonly defaultModel: string;
  /**
   * The vendor's name in OpenTelemetry's conventions (`gen_ai.provider.name`), such as
   * "mistral_ai".
   *
   * @default the id
   */
  readonly telemetryName?: string;
  /** Models known when this was written, for messages and completions; others work too. */
  readonly models?: readonly string[];
  /** The key: its name in the secrets store and its variables; absent if none is needed. */
  readonly credential?: { readonly name: string; readonly env: readonly string[] };
  /** Variables that set the base URL, in order. */
  readonly baseUrl?: { readonly env: readonly string[] };
  /** Names of the provider's own options; any other name is refused. */
  readonly options?: readonly (keyof Options & string)[];
  readonly cli?: ModeSource<Options>;
  readonly sdk?: ModeSource<Options>;
}

/** A provider as one client uses it. */
export interface NamedProvider<Options> extends Provider<Options> {
  /** The provider's name in replies, attempts and events: the client's own name, or the id. */
  readonly name: string;
}

/** A provider whose modes are loaded. */
export interface LoadedProvider<Options> extends NamedProvider<Options> {
  readonly cli?: ProviderMode<Options>;
  readonly sdk?: ProviderMode<Options>;
}
