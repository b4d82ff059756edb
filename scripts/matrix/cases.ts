import type { CallOptions, ClientOptions, Mode } from "@acc/dual-mode";
import type { Vendor } from "../vendor-answers.ts";

/** What design of the engine says comes next. */
export type Next =
  | "another route"
  | "another credential"
  | "again, then another route"
  | "thrown at once"
  | "not begun, another route"
  | "not begun, listed";

export interface MatrixCase {
  readonly code: string;
  readonly next: Next;
  /** The mode that fails. */
  readonly mode: Mode;
  readonly vendor: Vendor;
  /** What the server or the fixture CLI plays; nothing where the failure is made here. */
  readonly play: string;
  readonly options?: ClientOptions;
  readonly call?: CallOptions;
  /** What the caller does to the call in mid-flight. */
  readonly act?: "abort" | "close";
  /** Members of the request. */
  readonly request?: object;
}

/** Codes for which a mode has no way to happen, and why. */
export const impossible: Readonly<Record<string, string>> = {
  "cli SDK_NOT_INSTALLED": "a CLI needs no SDK",
  "sdk CLI_NOT_FOUND": "an SDK is no command",
  "sdk CLI_TOO_OLD": "an SDK is no command",
  "sdk CLI_NOT_LOGGED_IN": "an SDK has no login",
  "sdk CLI_NOT_ISOLATED": "an SDK has no configuration of the machine's",
  "cli CLI_NOT_ISOLATED": "a matter of Codex alone: e2e/test/codex.test.ts",
  "sdk CLI_CRASHED": "an SDK is no process",
  "sdk LOGIN_NOT_SHARED": "an SDK has no login",
  "sdk PROVIDER_FAULT": "no vendor's failure is one: test/client/faults.test.ts",
  "cli PROVIDER_FAULT": "no CLI's failure is one: test/client/faults.test.ts",
};

const passing = ["OVERLOADED", "SERVER_ERROR", "NETWORK", "INVALID_OUTPUT"];
const credential = ["AUTHENTICATION_FAILED", "RATE_LIMITED", "QUOTA_EXHAUSTED", "MODEL_NOT_FOUND"];
const final = ["INVALID_REQUEST", "CONTEXT_TOO_LONG", "CONTENT_FILTERED"];
const quick = { timeout: { total: 8_000, firstPart: 900, idle: 900 } };

/** Refusals whose status blames the request, and whose words blame the account or the address. */
const blames = [
  { code: "QUOTA_EXHAUSTED", play: "SPEND_LIMIT_400", next: "another credential" },
  { code: "AUTHENTICATION_FAILED", play: "ORGANIZATION_400", next: "another credential" },
  { code: "AUTHENTICATION_FAILED", play: "PLACE_403", next: "another credential" },
  { code: "MODEL_NOT_FOUND", play: "MODEL_403", next: "another credential" },
  { code: "QUOTA_EXHAUSTED", play: "PLAN_429", next: "another credential" },
  { code: "WRONG_ADDRESS", play: "PATH_404", next: "another route" },
] as const;

function common(mode: Mode, vendor: Vendor): MatrixCase[] {
  const base = { mode, vendor };
  const oneCredential = { options: { billing: "key" } } as const;
  const login = mode === "cli" ? "login:" : "";
  return [
    ...passing.map((code) => ({
      ...base,
      ...oneCredential,
      code,
      play: code,
      next: "again, then another route" as const,
    })),
    {
      ...base,
      ...oneCredential,
      code: "TIMEOUT",
      play: "HANG",
      next: "again, then another route",
      call: quick,
    },
    ...credential.map((code) => ({
      ...base,
      code,
      play: `${login}${code}`,
      next: "another credential" as const,
    })),
    ...blames.map((blame) => ({
      ...base,
      ...blame,
      play: blame.code === "WRONG_ADDRESS" ? blame.play : `${login}${blame.play}`,
    })),
    ...final.map((code) => ({ ...base, code, play: code, next: "thrown at once" as const })),
    {
      ...base,
      code: "DEADLINE_EXCEEDED",
      play: "HANG",
      next: "thrown at once",
      call: { timeout: 700 },
    },
    { ...base, code: "ABORTED", play: "HANG", next: "thrown at once", act: "abort" },
    { ...base, code: "CLOSED", play: "HANG", next: "thrown at once", act: "close" },
    { ...base, code: "NOT_CACHED", play: "", next: "thrown at once", call: { cache: "only" } },
  ];
}

/** What a server's answer can do wrong on its way. */
function wayOf(vendor: Vendor): MatrixCase[] {
  const base = { mode: "sdk", vendor, options: { billing: "key" } } as const;
  return [
    { ...base, code: "WRONG_ADDRESS", play: "REDIRECT", next: "another route" },
    { ...base, code: "OUTPUT_TOO_LARGE", play: "ENDLESS", next: "thrown at once" },
    { ...base, code: "INVALID_OUTPUT", play: "PIECE", next: "again, then another route" },
  ];
}

const unsupported = { code: "UNSUPPORTED_FEATURE", next: "thrown at once", play: "" } as const;

export const cases: readonly MatrixCase[] = [
  { code: "SDK_NOT_INSTALLED", mode: "sdk", vendor: "groq", play: "", next: "another route" },
  ...common("sdk", "claude"),
  ...common("sdk", "gemini"),
  ...common("sdk", "groq"),
  ...common("sdk", "openai"),
  ...wayOf("claude"),
  ...wayOf("gemini"),
  ...wayOf("groq"),
  ...wayOf("openai"),
  { ...unsupported, mode: "sdk", vendor: "claude", request: { seed: 1 } },
  {
    code: "MISSING_CREDENTIALS",
    mode: "sdk",
    vendor: "claude",
    play: "",
    next: "not begun, another route",
  },
  ...common("cli", "claude"),
  { ...unsupported, mode: "cli", vendor: "claude", request: { seed: 1 }, options: { only: "cli" } },
  {
    code: "CLI_CRASHED",
    mode: "cli",
    options: { billing: "key" },
    vendor: "claude",
    play: "CLI_CRASHED",
    next: "again, then another route",
  },
  {
    code: "CLI_NOT_LOGGED_IN",
    mode: "cli",
    vendor: "claude",
    play: "login:CLI_NOT_LOGGED_IN",
    next: "another route",
  },
  {
    code: "CLI_TOO_OLD",
    mode: "cli",
    vendor: "claude",
    play: "",
    next: "another route",
  },
  { code: "CLI_NOT_FOUND", mode: "cli", vendor: "claude", play: "", next: "another route" },
  {
    code: "OUTPUT_TOO_LARGE",
    mode: "cli",
    vendor: "claude",
    play: "OUTPUT_TOO_LARGE",
    next: "thrown at once",
  },
  {
    code: "MISSING_CREDENTIALS",
    mode: "cli",
    vendor: "claude",
    play: "",
    next: "not begun, listed",
    options: { billing: "key" },
  },
  {
    code: "LOGIN_NOT_SHARED",
    mode: "cli",
    vendor: "claude",
    play: "",
    next: "not begun, another route",
    call: { user: "u" },
  },
];
