import { DualModeError, isMembers } from "@acc/dual-mode/provider";

/** Layers of the configuration that are this run's own, or Codex's. */
const ours = new Set(["user", "sessionFlags", "packagedDefaults"]);
/** A requirement that holds where nobody requires anything. */
const usual = new Set(["allowedLoginMethods"]);

const fix =
  "Take it out of /etc/codex, ask the machine's administrator, or use the SDK mode with a key.";

/**
 * What the machine's configuration brings into every request of Codex, and no run can override.
 * @param result Of `config/read`.
 */
export function refuseForeignConfig(result: unknown): void {
  const origins = isMembers(result) && isMembers(result.origins) ? result.origins : {};
  const foreign = Object.entries(origins).filter(([, origin]) => !isOurs(origin));
  if (foreign.length > 0) throw notIsolated(foreign.map(([name]) => name));
}

/** @param result Of `configRequirements/read`. */
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
