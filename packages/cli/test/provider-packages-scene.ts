import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect } from "vitest";
import { type LoopbackServer, startLoopbackServer } from "../../../scripts/loopback-server.ts";
import { plays } from "../../../scripts/vendor-answers.ts";
import { type AccHome, emptyHome } from "./acc.ts";
import { homeAnew } from "./home-anew.ts";
import { openTestRegistry, type TestRegistry } from "./registry.ts";

export function packagesScene() {
  let registry: TestRegistry;
  let server: LoopbackServer;
  const home = homeAnew();
  /** With `acme` in it, as a test needs that only asks or removes it. */
  let withAcme: AccHome;

  beforeAll(async () => {
    registry = await openTestRegistry();
    server = await startLoopbackServer(plays("groq", "Hello ", "you"));
    registry.publishMade("--id", "acme", "--base-url", server.url, "--model", "m-1");
    withAcme = await emptyHome();
    const run = await withAcme.acc(["providers", "add", "acc-provider-acme", "--yes"], {
      env: registry.env,
    });
    expect(run).toMatchObject({ code: 0 });
  }, 240_000);

  afterAll(async () => {
    await withAcme.remove();
    await server.close();
    await registry.close();
  });

  const add = (word: string, ...flags: string[]) =>
    home.acc(["providers", "add", word, ...flags], { env: registry.env });
  const kept = (of: AccHome = home) => join(of.path, ".local/share/acc/providers");
  const left = async () => readdir(kept()).catch(() => []);

  return {
    get registry() {
      return registry;
    },
    get server() {
      return server;
    },
    get home() {
      return home;
    },
    get withAcme() {
      return withAcme;
    },
    add,
    kept,
    left,
  };
}
