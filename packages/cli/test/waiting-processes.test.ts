import { afterEach, expect, it, vi } from "vitest";
import triedVersions from "../../../tried-versions.json" with { type: "json" };
import { describeWaiting, waitingProcesses } from "../src/doctor/waiting-processes.ts";

const found = (provider: string) =>
  waitingProcesses({ provider, keys: [], cli: { available: true, command: "/bin/cli" } });

afterEach(() => vi.restoreAllMocks());

it("every CLI that can be run has its memory told, and the oldest version that is used", () => {
  vi.spyOn(process, "platform", "get").mockReturnValue("linux");
  for (const [provider, { oldest }] of Object.entries(triedVersions.clis)) {
    const told = found(provider);
    expect(told?.since).toBe(oldest);
    expect(told?.megabytes).toBeGreaterThan(0);
  }
});

it("Gemini CLI waits on Linux alone, and for calls of one message", () => {
  const platform = vi.spyOn(process, "platform", "get").mockReturnValue("linux");
  const told = found("gemini");
  expect(told && describeWaiting(told)).toContain(
    "from 0.61.0 on, for calls of one message of text: 155 MB",
  );
  platform.mockReturnValue("darwin");
  expect(found("gemini")).toBeUndefined();
  expect(found("claude")?.megabytes).toBe(83);
});

it("nothing is told of a CLI that is not there, or of a server of one's own", () => {
  const cli = { available: false, code: "CLI_NOT_FOUND", reason: "None.", fix: "Get it." } as const;
  expect(waitingProcesses({ provider: "claude", keys: [], cli })).toBeUndefined();
  expect(found("own")).toBeUndefined();
});
