import { spawn } from "node:child_process";
import { rename } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { keyFile, openSecrets, passphrase } from "@acc/secrets";
import { type AccHome, type AccRun, accMain } from "./acc.ts";

export const phrase = "correct horse battery staple";

/** Leaves the passphrase as all that opens the store of a home; its key file is `old.key` there. */
export async function lockStore(home: AccHome): Promise<void> {
  const directory = join(home.path, ".config", "acc");
  const file = join(directory, "acc-secrets.key");
  const store = await openSecrets({ directory, keys: [keyFile(file)] });
  await store.keys.add(passphrase(phrase));
  await store.close();
  const alone = await openSecrets({ directory, keys: [passphrase(phrase)] });
  for (const { id, provider } of await alone.keys.list()) {
    if (provider === "file") await alone.keys.remove(id);
  }
  await alone.close();
  await rename(file, join(home.path, "old.key"));
}

/** Runs `acc` where there is no terminal at all. */
export async function detached(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  stdin = "",
): Promise<AccRun> {
  const child = spawn(process.execPath, [accMain, ...args], {
    env,
    detached: true,
    stdio: ["pipe", "pipe", "pipe"],
  });
  child.stdin.end(stdin);
  const code = new Promise<number | null>((resolve) => child.on("close", resolve));
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await code, stdout, stderr };
}
