import { expect, it, vi } from "vitest";
import { probe } from "../src/cli/probe.ts";

vi.mock(import("@acc/dual-mode/provider"), async (original) => ({
  ...(await original()),
  findCommand: async () => undefined,
}));

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
