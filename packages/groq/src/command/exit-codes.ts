import type { Code } from "@acc/dual-mode/provider";

/** docs/cli-protocol.md tells them to whoever calls or writes such a command. */
const codes: readonly (readonly [exitCode: number, code: Code])[] = [
  [10, "MISSING_CREDENTIALS"],
  [11, "AUTHENTICATION_FAILED"],
  [12, "RATE_LIMITED"],
  [13, "QUOTA_EXHAUSTED"],
  [14, "MODEL_NOT_FOUND"],
  [15, "OVERLOADED"],
  [16, "SERVER_ERROR"],
  [17, "NETWORK"],
  [18, "TIMEOUT"],
  [19, "INVALID_OUTPUT"],
  [20, "INVALID_REQUEST"],
  [21, "CONTEXT_TOO_LONG"],
  [22, "CONTENT_FILTERED"],
  [23, "UNSUPPORTED_FEATURE"],
  [24, "SDK_NOT_INSTALLED"],
];

/** What the runner reads an exit by. */
export const codeOfExit: Readonly<Record<number, Code>> = Object.fromEntries(codes);

/** 1 for what has no number of its own. */
export function exitCodeOf(code: Code): number {
  return codes.find(([, each]) => each === code)?.[0] ?? 1;
}
