import type { Availability, ProbeContext } from "@acc/dual-mode/provider";
import { expect, it } from "vitest";

/** What a probe says of a command that is not there; to find none is the file's own to mock. */
export function testMissingCommand(
  probe: (context: ProbeContext<object>) => Promise<Availability>,
): void {
  it("says how to install a command that is not there", async () => {
    const availability = await probe({
      options: {},
      cliPath: undefined,
      env: {},
      signal: new AbortController().signal,
      cliEnv: {},
      logger: { debug: () => {} },
    });
    expect(availability).toMatchObject({
      available: false,
      code: "CLI_NOT_FOUND",
      fix: expect.stringContaining("npm install -g"),
    });
  });
}
