import type { CanonicalRequest } from "../contract/canonical.ts";
import type { Code } from "../contract/code.ts";
import type { Feature, Mode } from "../contract/mode.ts";
import type { RouteCredential } from "../contract/mode-context.ts";
import type { Availability, CredentialKind, ModeFeatures } from "../contract/provider.ts";
import type { RefusedKey } from "../credentials/find-keys.ts";
import type { Cooling } from "./cooldowns.ts";
import { type MissingFeature, missingFeatures } from "./missing-features.ts";

/** One mode with one credential. */
export interface Route {
  readonly mode: Mode;
  readonly credential: RouteCredential;
  /**
   * Features that the request needs and this mode lacks; always empty unless the call is `lenient`.
   */
  readonly ignored: readonly Feature[];
}

/** A route, or a whole mode, that cannot be tried, and the reason. */
export interface Skipped {
  readonly mode: Mode;
  /** The credential's source; absent if the whole mode is skipped. */
  readonly credential?: string;
  readonly code: Code;
  readonly reason: string;
  readonly fix?: string;
  /** The HTTP status, if the route failed a moment ago. */
  readonly status?: number;
  /** The vendor's id of the request, if the route failed a moment ago. */
  readonly requestId?: string;
  /** Milliseconds until it may be tried again, if it has a cooldown. */
  readonly wait?: number;
  /** Set if the mode itself cannot be used on this machine. */
  readonly closed?: true;
  /** Set if the client's own options exclude it. */
  readonly barred?: true;
}

export interface Plan {
  readonly routes: readonly Route[];
  readonly skipped: readonly Skipped[];
  /** Who would be billed if nothing failed and there were no cooldowns. */
  readonly payer: CredentialKind | undefined;
}

/** What is known about a mode when a plan is made. */
export interface ModeFacts extends ModeFeatures {
  readonly credentials: readonly CredentialKind[];
  readonly loginOnRequest?: true;
  /** Absent until the mode has been probed; until then the plan treats it as available. */
  readonly availability?: Availability;
}

/** A call's options for its choice of routes. */
export interface RouteWishes {
  readonly required: readonly Feature[];
  readonly prefer: Mode;
  readonly only: Mode | undefined;
  readonly billing: "any" | "login" | "key";
  /** Whether a `tenant` or `user` is set. */
  readonly shared: boolean;
  /** The features that may be left out if a mode lacks them. */
  readonly lenient: ReadonlySet<Feature>;
}

export interface PlanInput extends RouteWishes {
  /** Undefined if no model is asked. */
  readonly request: CanonicalRequest | undefined;
  readonly modes: Readonly<Partial<Record<Mode, ModeFacts>>>;
  readonly keys: readonly Extract<RouteCredential, { kind: "key" }>[];
  /** Keys that were found but cannot be used. */
  readonly refusedKeys: readonly RefusedKey[];
  /** The reason and the fix for a missing key. */
  readonly missingKey: { readonly reason: string; readonly fix: string };
  readonly cooling: (mode: Mode, credential: RouteCredential) => Cooling | undefined;
}

/**
 * Orders the routes of a call. It is pure: the same input gives the same plan. The preferred mode
 * comes first. In the second mode, the credential that is billed like the first mode's comes first.
 */
export function planRoutes(input: PlanInput): Plan {
  const routes: Route[] = [];
  const skipped: Skipped[] = [];
  let payer: CredentialKind | undefined;
  for (const mode of modeOrder(input)) {
    const facts = input.modes[mode];
    if (facts === undefined) {
      if (input.only === mode) skipped.push(noSuchMode(mode));
      continue;
    }
    const missing = missingOf(facts, input);
    const ignored = missing.map(({ feature }) => feature);
    const out = modeSkip(mode, facts, missing, input.lenient);
    if (out !== undefined) {
      skipped.push(out);
      continue;
    }
    const first = payer ?? (mode === "cli" ? "login" : "key");
    for (const option of credentialOptions(mode, facts, input, first)) {
      if ("code" in option) {
        skipped.push(option);
        continue;
      }
      payer ??= option.kind;
      const rest = cooldownSkip(mode, option, input);
      if (rest === undefined) routes.push({ mode, credential: option, ignored });
      else skipped.push(rest);
    }
  }
  return { routes, skipped, payer };
}

function modeOrder({ prefer, only }: PlanInput): readonly Mode[] {
  if (only !== undefined) return [only];
  return prefer === "cli" ? ["cli", "sdk"] : ["sdk", "cli"];
}

function missingOf(
  { availability, supports, lacks = [] }: ModeFacts,
  { request, required }: PlanInput,
): readonly MissingFeature[] {
  if (request === undefined) return [];
  const narrowed = availability?.available ? availability.supports : undefined;
  return missingFeatures({ supports: narrowed ?? supports, lacks }, request, required);
}

function noSuchMode(mode: Mode): Skipped {
  const reason = `This provider has no ${mode} mode.`;
  return { mode, code: "UNSUPPORTED_FEATURE", reason, fix: "Leave the option only out." };
}

function modeSkip(
  mode: Mode,
  facts: ModeFacts,
  missing: readonly MissingFeature[],
  lenient: ReadonlySet<Feature>,
): Skipped | undefined {
  const wanted = missing.filter(({ feature }) => !lenient.has(feature));
  if (wanted.length > 0) {
    const names = wanted.map(({ feature }) => feature);
    const reasons = new Set(wanted.flatMap(({ reason }) => (reason ? [` ${reason}`] : [])));
    return {
      mode,
      code: "UNSUPPORTED_FEATURE",
      reason: `This mode does not support ${names.join(", ")}.${[...reasons].join("")}`,
      fix: "Leave it out, or name it in the option lenient to send the request without it.",
    };
  }
  if (facts.availability?.available !== false) return undefined;
  const { code, reason, fix } = facts.availability;
  return { mode, code, reason, fix, closed: true };
}

function credentialOptions(
  mode: Mode,
  facts: ModeFacts,
  input: PlanInput,
  first: CredentialKind,
): readonly (RouteCredential | Skipped)[] {
  const kinds = [...facts.credentials].sort((a, b) => Number(b === first) - Number(a === first));
  return kinds.flatMap((kind) => {
    if (kind === "none") return hasKey(facts, input) ? [] : [{ kind, source: kind }];
    if (kind === "login") return [loginOption(mode, facts, input)];
    return keyOptions(mode, input);
  });
}

/** If a key may be used and there is one, no request is sent without it. */
function hasKey({ credentials }: ModeFacts, { keys, billing }: PlanInput): boolean {
  return credentials.includes("key") && keys.length > 0 && billing !== "login";
}

function loginOption(mode: Mode, facts: ModeFacts, input: PlanInput): RouteCredential | Skipped {
  const skip = { mode, credential: "login" };
  if (input.billing === "key") {
    return {
      ...skip,
      barred: true,
      code: "CLI_NOT_LOGGED_IN",
      reason: 'billing: "key" allows no login.',
      fix: 'Give an API key, or allow the login by billing: "any".',
    };
  }
  if (facts.loginOnRequest && input.billing !== "login") {
    return {
      ...skip,
      barred: true,
      code: "CLI_NOT_LOGGED_IN",
      reason: "The login of this CLI is used only on request.",
      fix: 'Give an API key, or set billing: "login".',
    };
  }
  if (input.shared) {
    return {
      ...skip,
      code: "LOGIN_NOT_SHARED",
      reason: "A login serves only its owner, and this call has a tenant or user.",
      fix: "Give an API key.",
    };
  }
  if (facts.availability?.available && facts.availability.login === false) {
    return {
      ...skip,
      code: "CLI_NOT_LOGGED_IN",
      reason: "The CLI has no login.",
      fix: `Run ${facts.availability.command ?? "the CLI"} once and log in, or give an API key.`,
    };
  }
  return { kind: "login", source: "login" };
}

function keyOptions(mode: Mode, input: PlanInput): readonly (RouteCredential | Skipped)[] {
  const skip = { mode, credential: "key", code: "MISSING_CREDENTIALS" } as const;
  if (input.billing === "login") {
    const holdsLogin = input.modes.cli?.credentials.includes("login");
    const fix = `${holdsLogin ? "Log in to the CLI, or" : "No login can be used here:"} allow the key by billing: "any".`;
    return [{ ...skip, barred: true, reason: 'billing: "login" allows no key.', fix }];
  }
  const refused = input.refusedKeys.map(
    (key): Skipped => ({ mode, code: "MISSING_CREDENTIALS", ...key }),
  );
  const found = [...input.keys, ...refused];
  return found.length > 0 ? found : [{ ...skip, ...input.missingKey }];
}

function cooldownSkip(
  mode: Mode,
  credential: RouteCredential,
  input: PlanInput,
): Skipped | undefined {
  const cooling = input.cooling(mode, credential);
  if (cooling === undefined) return undefined;
  const { code, reason, fix, status, requestId, wait, failed = true } = cooling;
  const left = `Left alone for ${Math.ceil(wait / 1000)} s more, since it failed a moment ago`;
  return {
    mode,
    credential: credential.source,
    code,
    wait,
    reason: failed ? `${left}: ${reason}` : reason,
    ...(fix !== undefined && { fix }),
    ...(status !== undefined && { status }),
    ...(requestId !== undefined && { requestId }),
  };
}
