import type { AdminEvent, Audit } from "../contract/audit.ts";

/** Refusals, and sign-ins, that are written down in a minute: nobody must fill the disk by them. */
const mostOften = 60;
/** Characters of a name that are written down: whoever is refused has chosen it. */
const longestName = 64;
const minute = 60_000;

/** Writes each act down; of refusals and sign-ins 60 a minute, and the next line tells how many more. */
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
