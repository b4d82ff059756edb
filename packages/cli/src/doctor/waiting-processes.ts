import triedVersions from "../../../../tried-versions.json" with { type: "json" };
import type { ProviderReport } from "./look-at-provider.ts";

/**
 * The standby process of a provider's CLI, which is started ahead of its call, and what it costs.
 */
export interface WaitingProcesses {
  /** The oldest version of the CLI tested with it; absent for acc's own command. */
  readonly since?: string;
  /** The process's own memory while it waits, as measured on Linux. */
  readonly megabytes: number;
  /** The only calls that it can take. */
  readonly calls?: string;
}

/** docs/modes.md describes how the memory was measured. */
const known: ReadonlyMap<string, WaitingProcesses & { readonly platform?: NodeJS.Platform }> =
  new Map([
    ["claude", { since: triedVersions.clis.claude.oldest, megabytes: 83 }],
    [
      "gemini",
      {
        since: triedVersions.clis.gemini.oldest,
        megabytes: 155,
        calls: "calls of one message of text",
        platform: "linux",
      },
    ],
    ["openai", { since: triedVersions.clis.openai.oldest, megabytes: 18 }],
    ["groq", { megabytes: 12 }],
  ]);

/** Returns undefined if the CLI cannot be run here or has no standby process. */
export function waitingProcesses({ provider, cli }: ProviderReport): WaitingProcesses | undefined {
  const found = known.get(provider);
  if (found === undefined || cli?.available !== true) return undefined;
  const { platform = process.platform, ...told } = found;
  return platform === process.platform ? told : undefined;
}

/** The line for a person: which commands keep a standby process, and what it costs. */
export function describeWaiting({ since, megabytes, calls }: WaitingProcesses): string {
  const from = since === undefined ? "" : `, from ${since} on`;
  const only = calls === undefined ? "" : `, for ${calls}`;
  const what = `acc chat -i, serve and batch keep one standby process${from}${only}`;
  return `${what}: ${megabytes} MB, with a key in it`;
}
