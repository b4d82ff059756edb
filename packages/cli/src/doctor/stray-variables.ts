import type { ProviderStatus } from "@acc/dual-mode";
import type { Finding } from "./finding.ts";

type Keys = Pick<ProviderStatus, "provider" | "credential" | "keys">;

/** Variables of the vendors' tools that have no effect here, though a user may expect one. */
const without: readonly string[] = [
  "ANTHROPIC_AUTH_TOKEN",
  "ANTHROPIC_CUSTOM_HEADERS",
  "CLAUDE_CODE_OAUTH_TOKEN",
  "CLAUDE_CODE_USE_BEDROCK",
  "CLAUDE_CODE_USE_VERTEX",
  "CLAUDE_CODE_USE_FOUNDRY",
  "CLAUDE_CODE_USE_ANTHROPIC_AWS",
  "GOOGLE_GENAI_USE_VERTEXAI",
  "GOOGLE_APPLICATION_CREDENTIALS",
];

/** Finds variables that shadow each other or seem to change who pays. */
export function strayVariables(statuses: readonly Keys[]): readonly Finding[] {
  const set = (name: string) => Boolean(process.env[name]);
  return [
    ...without.filter(set).map((name) => ({
      code: "VARIABLE_IGNORED",
      what: `${name} is set; acc does not use it, and the vendor's own tools do.`,
      fix: `Unset ${name} if you do not want it; give acc a key with: acc secrets set …`,
    })),
    ...statuses.flatMap((status) => shadowed(status, set)),
  ];
}

function shadowed(status: Keys, set: (name: string) => boolean): readonly Finding[] {
  const variables = (status.credential?.env ?? []).filter(set);
  const [used, ...others] = variables;
  const sources = status.keys.map(({ source }) => source);
  const findings = others.map((name) => ({
    code: "VARIABLE_SHADOWED",
    what: `${used} and ${name} are both set for ${status.provider}.`,
    fix: `Unset the one that you do not want: unset ${name}`,
  }));
  if (used === undefined || !sources.includes("store")) return findings;
  const shadow = {
    code: "VARIABLE_SHADOWED",
    what: `${status.provider} has a key in the store, which comes before ${used}.`,
    fix: `Unset ${used}, or run: acc secrets delete ${status.credential?.name}`,
  };
  return [...findings, shadow];
}
