import type { Client, ClientOptions } from "../contract/client.ts";
import type { CommandWire, HttpWire } from "./wire.ts";

/** `test` of node:test, vitest, jest or any function that takes a name and a function. */
export type TestFunction = (name: string, run: () => Promise<void>) => unknown;

/** The function that `defineProvider` returns, and that a provider's package exports. */
export type CreateProvider = (options?: ClientOptions) => Client;

/** How the suite tests the SDK mode. */
export interface SdkSetup {
  /**
   * The client options that lead to the server.
   *
   * @default (url) => ({ baseUrl: url })
   */
  readonly reach?: (url: string) => ClientOptions;
  /**
   * The server's wire format.
   *
   * @default chat completions over server-sent events: `chatCompletionsWire`
   */
  readonly wire?: HttpWire;
}

/** How the suite tests the CLI mode. */
export interface CliSetup {
  /**
   * The client options that lead to the command.
   *
   * @default (command) => ({ cliPath: command })
   */
  readonly reach?: (command: string) => ClientOptions;
  /**
   * The command's wire format.
   *
   * @default docs/cli-protocol.md: `protocolWire`
   */
  readonly wire?: CommandWire;
  /**
   * Whether its runs can be started before their call: `hold` of `protocolCommand`, `standby` of
   * `runCommand`. The suite then also tests a standby process.
   *
   * @default false
   */
  readonly holds?: boolean;
}

/** The provider under test. */
export interface ProviderTestOptions {
  /** Absent if the provider has no SDK mode. */
  readonly sdk?: SdkSetup;
  /** Absent if the provider has no CLI mode. */
  readonly cli?: CliSetup;
  /** Further options of every client. */
  readonly options?: ClientOptions;
  /**
   * Rules that the provider breaks, each by its name with the reason. A rule that the provider
   * keeps must not be listed.
   */
  readonly deviations?: readonly { readonly rule: string; readonly reason: string }[];
}
