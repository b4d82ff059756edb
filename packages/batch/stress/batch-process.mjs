import fs from "node:fs";
import { open } from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { runBatch } from "@acc/batch";
import { chatCompletions, defineProvider } from "@acc/dual-mode/provider";

/** One run of a batch, which may be made to end in the middle of a write. */
const { url, input, output, concurrency, fault, retryFailed } = JSON.parse(process.argv[2]);

if (fault) await breakAt(fault);
const create = defineProvider({
  id: "p",
  defaultModel: "m",
  sdk: chatCompletions({ baseUrl: url, supports: ["multiTurn"] }),
});
const client = create({ secrets: false, cache: false, retry: 2 });
try {
  const result = await runBatch({ client, input, output, concurrency, retryFailed });
  process.send?.(result);
} catch (error) {
  process.send?.({ code: error.code ?? String(error.stack) });
} finally {
  await client.close();
  process.disconnect?.();
}

/** The nth write, or the nth time that the disk is waited for, is the last thing that this process does. */
async function breakAt({ kind, after }) {
  let left = after;
  const isNow = () => --left < 0;
  const { writeSync, fdatasyncSync } = fs;
  fs.writeSync = (fd, bytes, from, length, at) => {
    if (kind === "sync" || !isNow()) return writeSync(fd, bytes, from, length, at);
    if (kind === "full") throw Object.assign(new Error("no space left"), { code: "ENOSPC" });
    writeSync(fd, bytes, from, Math.ceil(length / 2), at);
    fdatasyncSync(fd);
    return process.kill(process.pid, "SIGKILL");
  };
  syncBuiltinESMExports();
  const file = await open(process.execPath);
  const prototype = Object.getPrototypeOf(file);
  await file.close();
  const { datasync } = prototype;
  prototype.datasync = async function () {
    if (kind === "sync" && isNow()) process.kill(process.pid, "SIGKILL");
    return datasync.call(this);
  };
}
