import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type MockServer, startMockServer } from "../../../scripts/mock-server.ts";
import { type AccHome, emptyHome } from "./acc.ts";

let server: MockServer;
let home: AccHome;
const key = "test-key-that-opens-nothing";

beforeAll(async () => {
  server = await startMockServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  home = await emptyHome();
  server.forget();
});
afterEach(() => home.remove());

const claudeEnv = () => ({ ANTHROPIC_API_KEY: key, ANTHROPIC_BASE_URL: server.url });

describe("acc cache", () => {
  const ask = (prompt: string) => home.acc(["chat", "-p", "claude", prompt], { env: claudeEnv() });
  const json = async (...args: string[]) =>
    JSON.parse((await home.acc(["cache", ...args, "--json"])).stdout);

  it("counts hits and misses by calls alone, and what is kept by provider", async () => {
    await ask("one");
    await ask("one");
    await ask("two");
    await home.acc(["cache", "list"]);
    expect(await json("stats")).toMatchObject({ hits: 1, misses: 2, byProvider: { claude: 2 } });
    const { stdout } = await home.acc(["cache", "stats"]);
    expect(stdout).toMatch(/3 asked, 33 % answered from the cache\nhits +█+ 1\nmisses +█+ 2\n/);
    expect(stdout).toMatch(/time saved {2}\d/);
  });

  it("lists and shows an answer by the start of its CID", async () => {
    await ask("one");
    const { answers } = await json("list");
    expect(answers).toMatchObject([{ provider: "claude", mode: "sdk", text: expect.any(String) }]);
    const { stdout: list } = await home.acc(["cache", "list"]);
    expect(list).toContain(answers[0].cid.slice(0, 24));
    expect(list).toMatch(/A decorator is .*\S…\n$/);
    const { code, stdout } = await home.acc(["cache", "show", answers[0].cid.slice(0, 20)]);
    expect([code, stdout]).toEqual([0, expect.stringContaining(answers[0].text)]);
    const none = await home.acc(["cache", "show", "bafyreinone", "--json"]);
    expect([none.code, JSON.parse(none.stderr).error.code]).toEqual([1, "NOT_FOUND"]);
  });

  it("verifies, prunes and clears", async () => {
    await ask("one");
    expect(await json("verify")).toMatchObject({ checked: 1, sound: 1, damaged: 0 });
    expect(await json("prune")).toEqual({ expired: 0, evicted: 0 });
    expect(await json("clear")).toEqual({ removed: 1 });
    expect(await json("list")).toEqual({ answers: [] });
  });
});
