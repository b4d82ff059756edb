import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openCache } from "@acc/cache";
import { createClaude } from "@acc/claude";
import type { Client, ClientOptions } from "@acc/dual-mode";
import { createGemini } from "@acc/gemini";
import { createGroq } from "@acc/groq";
import { createOpenAI } from "@acc/openai";
import { startLoopbackServer } from "../loopback-server.ts";
import { plays } from "../vendor-answers.ts";
import type { MatrixCase } from "./cases.ts";
import { sdkPlay } from "./sdk-plays.ts";

export interface Scene {
  /** A client for one case, whose server and fixture CLI play it. */
  client(item: MatrixCase): Client;
  remove(): Promise<void>;
}

/** A home with a logged-in fixture CLI, and a server that plays the vendors. */
export async function openScene(): Promise<Scene> {
  const home = await mkdtemp(join(tmpdir(), "acc-matrix-"));
  const fixture = fileURLToPath(new URL("fixture-claude.mjs", import.meta.url));
  const command = join(home, "claude.mjs");
  const oldCommand = join(home, "old-claude.mjs");
  await copyFile(fixture, command);
  await copyFile(fixture, oldCommand);
  await writeFile(join(home, ".claude.json"), "{}");
  Object.assign(process.env, { HOME: home, XDG_CONFIG_HOME: home, XDG_CACHE_HOME: home });
  const server = await startLoopbackServer(() => {});
  const cache = openCache({ directory: join(home, "cache") });
  let count = 0;
  return {
    client(item) {
      count += 1;
      const { mode, vendor, play, code } = item;
      const answer = mode === "sdk" ? sdkPlay(vendor, play) : plays(vendor, "right");
      if (answer === undefined) throw new RangeError(`Nothing plays ${play} for ${vendor}.`);
      server.answer = answer;
      const options: ClientOptions = {
        prefer: mode,
        baseUrl: `${server.url}/case-${count}`,
        secrets: false,
        retry: 1,
        cache: code === "NOT_CACHED" ? cache : false,
        ...(code !== "MISSING_CREDENTIALS" && { apiKey: `no-key-of-anybody-${count}` }),
        ...item.options,
      };
      if (vendor === "gemini") return createGemini({ ...options, only: "sdk" });
      if (vendor === "openai") return createOpenAI({ ...options, only: "sdk", api: "responses" });
      if (vendor === "groq")
        return createGroq(code === "SDK_NOT_INSTALLED" ? options : { ...options, only: "sdk" });
      if (code === "CLI_NOT_FOUND") return createClaude(options);
      const env = mode === "cli" ? { PLAY: play } : {};
      const cliPath = code === "CLI_TOO_OLD" ? oldCommand : command;
      return createClaude({ ...options, cliPath, cli: { env } });
    },
    async remove() {
      await cache.close();
      await server.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}
