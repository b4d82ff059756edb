import { describe, expect, it } from "vitest";
import { DualModeError } from "../../src/error.ts";
import { fails, says, scripted } from "../scripted-provider.ts";

const tooMuch = new DualModeError("UNSUPPORTED_FEATURE", "The arguments are too long.");

// anthropics/claude-code#56806, #29060, takt#756
describe("what one mode cannot take of a request", () => {
  it("is given to the other, and not to the same with another credential", async () => {
    const { client, ran } = scripted(
      { cli: { scripts: [fails(tooMuch)] }, sdk: { scripts: [says("ok")] } },
      { prefer: "cli", apiKeys: ["key-first-1", "key-second-2"], apiKey: undefined as never },
    );
    expect(await client.chat("hi")).toMatchObject({ text: "ok", mode: "sdk", fallback: true });
    expect(ran.filter((each) => each.startsWith("cli"))).toHaveLength(1);
  });

  it("is told by its own code where there is no other", async () => {
    const { client } = scripted({ cli: { scripts: [fails(tooMuch)] } }, { only: "cli" });
    await expect(client.chat("hi")).rejects.toMatchObject({
      code: "UNSUPPORTED_FEATURE",
      message: expect.stringContaining("too long"),
    });
  });

  it("is tried again with the next request", async () => {
    const { client } = scripted(
      { cli: { scripts: [fails(tooMuch), says("ok")] } },
      { only: "cli", billing: "key" },
    );
    await expect(client.chat("hi")).rejects.toMatchObject({ code: "UNSUPPORTED_FEATURE" });
    expect((await client.chat("short")).text).toBe("ok");
  });
});
