import { vi } from "vitest";
import { testMissingCommand } from "../../../test/played/missing-command.ts";
import { probe } from "../src/cli/probe.ts";

vi.mock(import("@acc/dual-mode/provider"), async (original) => ({
  ...(await original()),
  findCommand: async () => undefined,
}));

testMissingCommand(probe);
