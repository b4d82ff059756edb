import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach } from "vitest";
import { type LoopbackServer, startLoopbackServer } from "../../../scripts/loopback-server.ts";
import { plays } from "../../../scripts/vendor-answers.ts";
import { json } from "../../../test/played/listing-cases.ts";
import { homeAnew } from "./home-anew.ts";

export const key = "key-that-opens-nothing";

export function ownProvidersScene() {
  const home = homeAnew();
  let server: LoopbackServer;
  let config: string;

  beforeEach(async () => {
    server = await startLoopbackServer((response, request) =>
      request.path.endsWith("/models")
        ? json(JSON.stringify({ data: [{ id: "m-1" }] }))(response, request)
        : plays("groq", "Hello ", "you")(response, request),
    );
    config = join(home.path, ".config/acc/config.json");
  });

  afterEach(async () => {
    await server.close();
  });

  async function settings(text: string): Promise<void> {
    await mkdir(join(home.path, ".config/acc"), { recursive: true });
    await writeFile(config, text);
  }

  const written = async () => JSON.parse(await readFile(config, "utf8")).providers;
  const work = () => ["work", "--base-url", server.url, "--model", "m-1"];
  const add = (...args: string[]) => home.acc(["providers", "add", ...args]);

  return {
    get home() {
      return home;
    },
    get server() {
      return server;
    },
    get config() {
      return config;
    },
    settings,
    written,
    work,
    add,
  };
}
