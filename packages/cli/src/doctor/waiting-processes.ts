import triedVersions from "../../../../tried-versions.json" with { type: "json" };
import type { ProviderReport } from "./look-at-provider.ts";

/** That a process of the provider's CLI can be started ahead of its call, and what that costs. */
export interface WaitingProcesses {
  /** The oldest version of the CLI that was tried for it; absent for acc's own command. */
  readonly since?: string;
  /** Memory of its own while one waits, as measured on Linux. */
  readonly megabytes: number;
  /** The only calls that one takes. */
  readonly calls?: string;
}

/** docs/modes.md has how it was measured. */
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

/** Undefined where its CLI cannot be run here, or none of it can wait. */
export function waitingProcesses({ provider, cli }: ProviderReport): WaitingProcesses | undefined {
  const found = known.get(provider);
  if (found === undefined || cli?.available !== true) return undefined;
  const { platform = process.platform, ...told } = found;
  return platform === process.platform ? told : undefined;
}

/** For a person: what has one wait, and what that takes. */
export function describeWaiting({ since, megabytes, calls }: WaitingProcesses): string {
  const from = since === undefined ? "" : `, from ${since} on`;
  const only = calls === undefined ? "" : `, for ${calls}`;
  const what = `acc chat -i, serve and batch keep one standby process${from}${only}`;
  return `${what}: ${megabytes} MB, with a key in it`;
}
