import { expect, test } from "vitest";
import { boundedAudit } from "../../src/audit/bounded-audit.ts";
import type { AdminEvent } from "../../src/contract/audit.ts";

function written() {
  const events: AdminEvent[] = [];
  const audit = boundedAudit(
    async (event) => void events.push(event),
    () => 0,
  );
  return { audit, events };
}

test.each(["ok", "ROLE_MISSING"])(
  "of sign-ins that end with %s 60 a minute are written",
  async (outcome) => {
    const { audit, events } = written();
    for (let time = 0; time < 100; time += 1)
      await audit({ action: "sign-in", actor: "a", outcome });
    await audit({ action: "key-add", actor: "a", outcome: "ok", name: "ci" });
    expect(events).toHaveLength(61);
    expect(events.at(-1)).toMatchObject({ name: "ci", missed: 40 });
  },
);

test("of a name 64 characters are written", async () => {
  const { audit, events } = written();
  const name = "\u007f".repeat(60_000);
  await audit({ action: "key-add", actor: "a", outcome: "NOT_PERMITTED", name });
  expect(events[0]?.name).toHaveLength(64);
});
