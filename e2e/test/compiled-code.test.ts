import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { nodeBinary } from "node-versions";
import { describe, expect, it, vi } from "vitest";
import { plays } from "../../scripts/vendor-answers.ts";
import { callsIn } from "./received.ts";
import { Scene } from "./scene.ts";
import { clis, type Target } from "./targets.ts";
import { told } from "./told.ts";

const scene = new Scene();
const gemini = clis.find(({ vendor }) => vendor === "gemini") as Target;
const lines = ([22, 24, 26] as const).filter((line) => nodeBinary(line) !== undefined);

/** Has Gemini CLI run with another Node.js, and what is kept of it lie in the test's own folder. */
function use(line: 22 | 24 | 26): void {
  const folder = join(scene.own, "bin");
  mkdirSync(folder);
  symlinkSync(nodeBinary(line) ?? "", join(folder, "node"));
  vi.stubEnv("PATH", `${folder}:${process.env.PATH}`);
  vi.stubEnv("NODE_DISABLE_COMPILE_CACHE", undefined);
  vi.stubEnv("ACC_CACHE_DIR", join(scene.own, "cache"));
  vi.stubEnv("XDG_STATE_HOME", join(scene.own, "state"));
}

function kept(): readonly string[] {
  const folder = join(scene.own, "cache", "compiled");
  if (!existsSync(folder)) return [];
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return paths.filter((path) => /^gemini-[^/]*\/v\d+[^/]*\/[^/]+$/.test(path)).sort();
}

describe.each(lines)("Gemini CLI on Node.js %s", (line) => {
  it("keeps its compiled code at the first call, and asks the same with it", async () => {
    use(line);
    const server = await scene.serve(plays("gemini", "An answer"));
    await using client = scene.open(gemini, server.url);
    await client.chat("Explain decorators");
    const files = kept();
    expect(files.length).toBeGreaterThan(10);
    expect((await client.chat("Explain decorators")).text).toBe("An answer");
    expect(kept()).toEqual(files);
    expect(new Set(callsIn(server.requests).map(told)).size).toBe(1);
  });

  it("keeps it at the first call of a client with processes that wait, too", async () => {
    use(line);
    const server = await scene.serve(plays("gemini", "An answer"));
    await using client = scene.open(gemini, server.url, { standby: 1 });
    await client.chat("Explain decorators");
    const files = kept();
    expect(files.length).toBeGreaterThan(10);
    const patience = { timeout: 20_000 };
    for (const question of ["Explain mixins", "Explain traits"]) {
      await vi.waitFor(() => expect(scene.processes()).toHaveLength(1), patience);
      expect((await client.chat(question)).warm).toBe(true);
    }
    await vi.waitFor(() => expect(scene.processes()).toHaveLength(1), patience);
    const variables = readFileSync(`/proc/${scene.processes()[0]}/environ`, "utf8").split("\0");
    const folder = join(scene.own, "cache", "compiled", "gemini-");
    expect(variables.join("\n")).toContain(`NODE_COMPILE_CACHE=${folder}`);
    expect(kept()).toEqual(files);
  });
});
