import type { Client, ClientOptions } from "../contract/client.ts";
import type { CommandWire, HttpWire } from "./wire.ts";

/** `test` of node:test, vitest, jest or whatever takes a name and a function. */
export type TestFunction = (name: string, run: () => Promise<void>) => unknown;

/** What `defineProvider` gives, and a provider's package exports. */
export type CreateProvider = (options?: ClientOptions) => Client;

/** How the SDK mode is reached and spoken with. */
export interface SdkSetup {
  /** @default (url) => ({ baseUrl: url }) */
  readonly reach?: (url: string) => ClientOptions;
  /** @default chat completions over server-sent events: `chatCompletionsWire` */
  readonly wire?: HttpWire;
}

/** How the CLI mode is reached and spoken with. */
export interface CliSetup {
  /** @default (command) => ({ cliPath: command }) */
  readonly reach?: (command: string) => ClientOptions;
  /** @default docs/cli-protocol.md: `protocolWire` */
  readonly wire?: CommandWire;
  /**
   * Its runs can be started before their call: `hold` of `protocolCommand`, `standby` of `runCommand`.
   * Then the suite has one wait.
   * @default false
   */
  readonly holds?: boolean;
}

/** What the suite is told of the provider under test. */
export interface ProviderTestOptions {
  /** Absent where the provider has no such mode. */
  readonly sdk?: SdkSetup;
  /** Absent where the provider has no such mode. */
  readonly cli?: CliSetup;
  /** What every client is made with besides. */
  readonly options?: ClientOptions;
  /** Rules that the provider breaks, each by its name with the reason. A rule that holds may not be among them. */
  readonly deviations?: readonly { readonly rule: string; readonly reason: string }[];
}
