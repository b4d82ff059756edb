import { readdir, readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { type MockServer, startMockServer } from "../../../scripts/mock-server.ts";
import { testKey } from "./acc.ts";
import { homeAnew } from "./home-anew.ts";

const home = homeAnew();

/** Once the vendor has got the call. */
async function whenAsked(vendor: MockServer): Promise<void> {
  while (vendor.requests().length === 0) await sleep(20);
}

/** The processes in whose environment this text is. */
async function processesWith(text: string): Promise<readonly string[]> {
  const ids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    ids.map(async (id) => {
      const environment = await readFile(`/proc/${id}/environ`, "utf8").catch(() => "");
      return environment.includes(text) ? [id] : [];
    }),
  );
  return found.flat();
}

describe("acc chat", () => {
  it.runIf(process.platform === "linux")(
    "ends with 130 on SIGINT in mid-answer of a CLI, and leaves no process",
    async () => {
      const slow = await startMockServer({ latency: 5000 });
      const env = { GROQ_API_KEY: testKey, GROQ_BASE_URL: slow.url };
      let running: Promise<readonly string[]> = Promise.resolve([]);
      const ended = home.acc(["chat", "-p", "groq", "--only", "cli", "hi"], {
        env,
        whenSpawned: (child) => {
          running = whenAsked(slow).then(() => processesWith(slow.url));
          void running.then(() => child.kill("SIGINT"));
        },
      });
      expect((await running).length).toBeGreaterThan(1);
      expect(await ended).toEqual({ code: 130, stdout: "", stderr: "" });
      expect(await processesWith(slow.url)).toEqual([]);
      await slow.close();
    },
  );

  it("ends with 130 on SIGINT, without a word", async () => {
    const slow = await startMockServer({ latency: 5000 });
    const env = { ANTHROPIC_API_KEY: testKey, ANTHROPIC_BASE_URL: slow.url };
    const run = await home.acc(["chat", "-p", "claude", "hi"], {
      env,
      whenSpawned: (child) => void whenAsked(slow).then(() => child.kill("SIGINT")),
    });
    await slow.close();
    expect(run).toEqual({ code: 130, stdout: "", stderr: "" });
  });
});
