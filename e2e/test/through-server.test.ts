import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type AccHome, emptyHome } from "../../packages/cli/test/acc.ts";
import { startServe } from "../../packages/cli/test/serve-process.ts";
import { type LoopbackServer, startLoopbackServer } from "../../scripts/loopback-server.ts";
import { plays } from "../../scripts/vendor-answers.ts";
import { callsIn } from "./received.ts";
import { newestClis } from "./targets.ts";
import { told } from "./told.ts";

/** By what each is asked with a key at another address. */
const variables = {
  claude: ["ANTHROPIC_API_KEY", "ANTHROPIC_BASE_URL", "ACC_CLAUDE_CLI"],
  gemini: ["GEMINI_API_KEY", "GOOGLE_GEMINI_BASE_URL", "ACC_GEMINI_CLI"],
} as const;

let home: AccHome;
let server: LoopbackServer;

beforeEach(async () => {
  home = await emptyHome();
});
afterEach(async () => {
  await server.close();
  await home.remove();
});

/** A command of its own has no time to start a CLI ahead: the server beside it has. */
describe.each(["claude", "gemini"] as const)("acc chat through acc serve, %s", (vendor) => {
  const { command = "" } = newestClis.find((target) => target.vendor === vendor) ?? {};

  it("is answered by a process that waited there, which sends what acc chat sends", async () => {
    server = await startLoopbackServer(plays(vendor, "An answer"));
    const [key, baseUrl, cli] = variables[vendor];
    const env = { [key]: "dummy-key-0123456789", [baseUrl]: server.url, [cli]: command };
    const words = ["chat", "--json", "--no-cache", "--only", "cli", "-p", vendor, "Hello"];
    const ask = async (more: Record<string, string>) => {
      const { stdout, stderr } = await home.acc(words, { env: { ...env, ...more } });
      expect(stderr).toBe("");
      return JSON.parse(stdout);
    };
    const bySelf = await ask({});
    expect([bySelf.text, bySelf.warm]).toEqual(["An answer", undefined]);
    const { child, ended } = await startServe(home, { env });
    await expect
      .poll(async () => (await ask({ ACC_SERVER: "auto" })).warm, { timeout: 50_000 })
      .toBe(true);
    child.kill("SIGTERM");
    expect(await ended()).toBe(0);
    const sent = callsIn(server.requests).map(told);
    expect(sent.length).toBeGreaterThan(2);
    expect(new Set(sent).size).toBe(1);
  });
});
