import { DualModeError, isMembers } from "@acc/dual-mode/provider";

/** Layers of the configuration that belong to this run or to Codex itself. */
const ours = new Set(["user", "sessionFlags", "packagedDefaults"]);
/** Requirements that are set even if nobody requires anything. */
const usual = new Set(["allowedLoginMethods"]);

const fix =
  "Take it out of /etc/codex, ask the machine's administrator, or use the SDK mode with a key.";

/**
 * Refuses a run if the machine's configuration sets something that Codex adds to every request, and
 * that no run can override.
 * @param result The result of `config/read`.
 */
export function refuseForeignConfig(result: unknown): void {
  const origins = isMembers(result) && isMembers(result.origins) ? result.origins : {};
  const foreign = Object.entries(origins).filter(([, origin]) => !isOurs(origin));
  if (foreign.length > 0) throw notIsolated(foreign.map(([name]) => name));
}

/** @param result The result of `configRequirements/read`. */
export function refuseRequirements(result: unknown): void {
  const given = isMembers(result) && isMembers(result.requirements) ? result.requirements : {};
  const names = Object.keys(given).filter((name) => !usual.has(name) && given[name] !== null);
  if (names.length > 0) throw notIsolated(names);
}

function isOurs(origin: unknown): boolean {
  const name = isMembers(origin) && isMembers(origin.name) ? origin.name : {};
  return ours.has(String(name.type));
}

function notIsolated(names: readonly string[]): DualModeError {
  const shown = names.slice(0, 5).join(", ");
  const message = `This machine's configuration of Codex sets what a request cannot be kept free of: ${shown}.`;
  return new DualModeError("CLI_NOT_ISOLATED", message, { fix });
}
