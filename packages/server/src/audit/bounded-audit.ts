import type { AdminEvent, Audit } from "../contract/audit.ts";

/**
 * Refusals and sign-ins that are recorded per minute, so that nobody can fill the disk with them.
 */
const mostOften = 60;
/** Characters of a name that are recorded: a caller who is refused can choose any name. */
const longestName = 64;
const minute = 60_000;

/**
 * Records every action, but of refusals and sign-ins at most 60 per minute; the next record tells
 * how many were left out.
 */
export function boundedAudit(write: Audit, now: () => number): Audit {
  let window = Number.NEGATIVE_INFINITY;
  let often = 0;
  let missed = 0;
  return async (event: AdminEvent) => {
    if (now() - window >= minute) {
      window = now();
      often = 0;
    }
    const canBeRepeated = event.outcome !== "ok" || event.action === "sign-in";
    if (canBeRepeated && ++often > mostOften) {
      missed += 1;
      return;
    }
    const before = missed;
    missed = 0;
    const { name } = event;
    await write({
      ...event,
      ...(name !== undefined && { name: name.slice(0, longestName) }),
      ...(before > 0 && { missed: before }),
    });
  };
}
