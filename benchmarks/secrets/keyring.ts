import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { AsyncEntry } from "@napi-rs/keyring";
import { nameOf, secretOf } from "./store.ts";

/** A real gnome-keyring on a session bus of its own. */
export interface Keyring extends Disposable {
  entry(index: number): AsyncEntry;
}

const commands = ["dbus-daemon", "gnome-keyring-daemon"];

/** Undefined on a machine without them. */
export async function startKeyring(folder: string): Promise<Keyring | undefined> {
  if (process.platform !== "linux" || !commands.every(has)) return undefined;
  const runtime = join(folder, "run");
  mkdirSync(runtime, { recursive: true, mode: 0o700 });
  const env = { PATH: process.env.PATH, HOME: folder, XDG_RUNTIME_DIR: runtime };
  const bus = spawn("dbus-daemon", ["--session", "--nofork", "--print-address"], { env });
  process.once("exit", () => bus.kill());
  const [line] = (await once(bus.stdout, "data")) as [Buffer];
  const address = line.toString().trim();
  // It goes into the background when it is ready, and ends with the bus.
  execFileSync("gnome-keyring-daemon", ["--unlock", "--components=secrets"], {
    env: { ...env, DBUS_SESSION_BUS_ADDRESS: address },
    input: "pw\n",
    stdio: ["pipe", "ignore", "inherit"],
  });
  process.env.DBUS_SESSION_BUS_ADDRESS = address;
  const { AsyncEntry: Entry } = await import("@napi-rs/keyring");
  const linux = { store: "secret-service" } as const;
  return {
    entry: (index) => new Entry("acc-benchmark", nameOf(index), { linux }),
    [Symbol.dispose]: () => bus.kill(),
  };
}

export async function fillKeyring(keyring: Keyring, names: number): Promise<AsyncEntry[]> {
  const entries = Array.from({ length: names }, (_, index) => keyring.entry(index));
  for (const [index, entry] of entries.entries()) await entry.setPassword(secretOf(index));
  return entries;
}

function has(command: string): boolean {
  try {
    execFileSync(command, ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
