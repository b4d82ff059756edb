import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { freePort } from "../free-port.ts";
import { root } from "../steps/root.ts";
import { run } from "./command.ts";

/** A registry on loopback: it keeps what is published to it, and brings the rest from npm's. */
export interface Registry {
  readonly url: string;
  close(): Promise<void>;
}

const home = join(root, "scripts/release/registry");

/** Starts verdaccio, installed here where it is missing, on a free port; it keeps all in a folder. */
export async function openRegistry(folder: string): Promise<Registry> {
  if (!existsSync(join(home, "node_modules/.modules.yaml"))) {
    const args = ["-y", "pnpm@12.21.0", "--dir", home, "install", "--frozen-lockfile"];
    run("npx", args, { cwd: root });
  }
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/`;
  const config = join(folder, "verdaccio.yaml");
  mkdirSync(folder, { recursive: true });
  writeFileSync(config, JSON.stringify(settings(folder)));
  const verdaccio = join(home, "node_modules/verdaccio/bin/verdaccio");
  const args = [verdaccio, "--config", config, "--listen", `127.0.0.1:${port}`];
  const child = spawn(process.execPath, args, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      said = `${said}${text}`.slice(-4_000);
    });
  }
  const exited = once(child, "exit");
  const close = async () => {
    child.kill("SIGKILL");
    await exited;
  };
  for (let tries = 0; !(await answers(url)); tries += 1) {
    if (child.exitCode !== null || tries > 240) {
      await close();
      throw new Error(`The registry did not start:\n${said}`);
    }
    await setTimeout(250);
  }
  return { url, close };
}

/** Ours, and whatever is published here, come from nowhere else. */
function settings(folder: string): object {
  const open = { access: "$all", publish: "$all", unpublish: "$all" };
  const registry = run("npm", ["config", "get", "registry"], { cwd: root }).trim();
  return {
    storage: join(folder, "storage"),
    web: { enable: false },
    max_body_size: "50mb",
    auth: { htpasswd: { file: join(folder, "htpasswd"), max_users: -1 } },
    uplinks: { npm: { url: registry, max_fails: 20, timeout: "60s" } },
    packages: {
      "@acc/*": open,
      "{create-acc-provider,acc-provider-*}": open,
      "**": { access: "$all", proxy: "npm" },
    },
    log: { type: "stdout", format: "pretty", level: "warn" },
  };
}

async function answers(url: string): Promise<boolean> {
  return fetch(`${url}-/ping`).then(
    ({ ok }) => ok,
    () => false,
  );
}
