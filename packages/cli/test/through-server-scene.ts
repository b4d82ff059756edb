import type { Server } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach } from "vitest";
import { type LoopbackServer, startLoopbackServer } from "../../../scripts/loopback-server.ts";
import { plays } from "../../../scripts/vendor-answers.ts";
import { canary } from "../../../test/canary-forms.ts";
import { homeAnew } from "./home-anew.ts";
import { startServe } from "./serve-process.ts";

export const through = /^acc: Asked through acc serve, process (\d+)\.$/m;
export const alone = (why: string) => `acc: Asked without a server: ${why}.`;

export function throughServerScene() {
  let vendor: LoopbackServer;
  const home = homeAnew();
  const listening: Server[] = [];

  beforeEach(async () => {
    vendor = await startLoopbackServer(plays("claude", "An ", "answer"));
  });

  afterEach(async () => {
    for (const server of listening.splice(0)) server.close();
    await vendor.close();
  });

  const base = () => ({ ANTHROPIC_API_KEY: canary, ANTHROPIC_BASE_URL: vendor.url });
  const auto = () => ({ ...base(), ACC_SERVER: "auto" });
  const serving = (more: NodeJS.ProcessEnv = {}) =>
    startServe(home, { env: { ...base(), ...more } });

  const socketsFolder = () => join(home.path, ".config", "acc", "server", "chat");

  return {
    get vendor() {
      return vendor;
    },
    get home() {
      return home;
    },
    listening,
    base,
    auto,
    serving,
    socketsFolder,
  };
}
