import { stat } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { refuses } from "../../../scripts/vendor-answers.ts";
import { key, ownProvidersScene } from "./own-providers-scene.ts";

const scene = ownProvidersScene();
const { settings, written, work, add } = scene;

describe("acc providers", () => {
  it.each([
    [["w", "--base-url", "nonsense"], /must be an address/],
    [["w", "--base-url", "http://h/v1", "--key", "sk-proj-x"], /and no key/],
    [["w", "--like", "claude", "--set", "timeout=soon"], /options\.timeout/],
    [["w", "--like", "claude", "--set", "nonsense=1"], /no member "nonsense"/],
    [["w", "--like", "claude", "--set", "nonsense"], /--set/],
    [["w", "--base-url", "http://h/v1", "--header", "nonsense"], /--header/],
    [["W", "--like", "claude"], /lower-case/],
    [["w"], /needs "compatible": "openai", or "like"/],
  ])("add %j exits 2 and writes nothing", async (args, message) => {
    const { code, stderr } = await add(...args);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
    await expect(stat(scene.config)).rejects.toThrow("ENOENT");
  });

  it("add writes over nothing without --replace", async () => {
    await add(...work());
    const again = await add("work", "--base-url", "http://127.0.0.1:9/v1");
    expect([again.code, again.stderr]).toEqual([2, expect.stringContaining("--replace")]);
    expect((await written()).work.baseUrl).toBe(scene.server.url);
  });

  it("remove refuses what the settings still name", async () => {
    await add(...work());
    await settings(
      JSON.stringify({ provider: "work", chain: ["work"], providers: await written() }),
    );
    const { code, stderr } = await scene.home.acc(["providers", "remove", "work"]);
    expect([code, stderr]).toEqual([2, expect.stringContaining("by provider and chain")]);
  });

  it("test asks the server, and says what that took", async () => {
    await add(...work());
    const { code, stdout, stderr } = await scene.home.acc(["providers", "test", "work"]);
    expect(stderr).toContain("they may cost money");
    expect(stdout).toMatch(/^(✓ sdk: .*\n){6}\nIt took 3 calls: \d+ tokens in, \d+ out/);
    expect(code).toBe(0);
    const asked = scene.server.requests.filter(({ path }) => path.endsWith("/chat/completions"));
    expect(asked).toHaveLength(3);
  });

  it("test tells which rules do not hold, and ends with 1", async () => {
    scene.server.answer = refuses("groq", 500, { message: `No: ${key}` });
    await add(...work(), "--key", "work_key");
    const env = { WORK_KEY: key };
    const { code, stdout } = await scene.home.acc(["providers", "test", "work", "--json"], { env });
    expect(code).toBe(1);
    expect(JSON.parse(stdout).rules).toContainEqual(
      expect.objectContaining({ held: false, reason: expect.stringContaining("No: [redacted]") }),
    );
    expect(stdout).not.toContain(key);
  });

  it("test asks nobody where no mode is open, or no model is named", async () => {
    await add("work", "--base-url", scene.server.url);
    const model = await scene.home.acc(["providers", "test", "work"]);
    expect([model.code, model.stderr]).toEqual([2, expect.stringContaining("--model")]);
    const closed = await scene.home.acc(["providers", "test", "gemini"]);
    expect([closed.code, closed.stderr]).toEqual([1, expect.stringContaining("NOT_READY")]);
    expect(scene.server.requests).toEqual([]);
  });
});
