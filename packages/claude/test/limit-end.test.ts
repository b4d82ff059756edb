import { describe, expect, it } from "vitest";
import { resetIn } from "../src/reset-in.ts";

describe("when a limit ends", () => {
  const now = Date.parse("2026-11-29T15:00:00Z");
  const hour = 3_600_000;

  it.each([
    ["resets 6pm (UTC)", 3 * hour],
    ["resets 2pm (UTC)", 23 * hour],
    ["resets at 3:30pm (UTC)", 0.5 * hour],
    ["resets 12am (UTC)", 9 * hour],
    ["resets 12:30am (Asia/Tokyo)", 0.5 * hour],
    ["resets 11am (America/New_York)", hour],
    ["resets Dec 1, 3pm (UTC)", 48 * hour],
    ["resets Dec 1 at 3pm (UTC)", 48 * hour],
    ["resets Jan 2, 3pm (UTC)", 34 * 24 * hour],
    ["usage limit reached|1795968000", 1_795_968_000_000 - now],
    ["regain access on 2026-12-01 at 00:00 UTC.", 33 * hour],
    ["usage limit reached|1000000000", 0],
    ["resets soon", undefined],
    ["resets 99pm", undefined],
    ["resets Foo 1, 3pm", undefined],
    ["", undefined],
  ])("%j", (said, wait) => {
    expect(resetIn(said, now)).toBe(wait);
  });

  it("in a zone that nobody knows, the machine's own is taken", () => {
    expect(resetIn("resets 6pm (Mars/Base)", now)).toBe(resetIn("resets 6pm", now));
  });
});
