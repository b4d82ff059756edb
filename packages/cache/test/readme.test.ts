import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { nodeBinary } from "../../../test/node-versions/node-binary.ts";
import { hasRedisServer, startRedis } from "./support/redis-server.ts";
import { temporaryFolder } from "./support/temporary.ts";

const home = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const readme = readFileSync(home("README.md"), "utf8");
const snippets = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code as string);
const node = nodeBinary(24);

/** Runs a snippet as a stranger's program would: in a folder that has the packages it names. */
async function run(code: string, environment: Record<string, string>): Promise<string> {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "node_modules/@acc"), { recursive: true });
  symlinkSync(home("."), join(folder, "node_modules/@acc/cache"));
  symlinkSync(home("node_modules/redis"), join(folder, "node_modules/redis"));
  writeFileSync(join(folder, "snippet.ts"), code);
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  const env = { PATH: process.env.PATH ?? "", HOME: folder, ACC_CACHE_DIR: folder, ...environment };
  const args = ["--no-warnings", "--unhandled-rejections=strict", "snippet.ts"];
  const { stdout } = await promisify(execFile)(node as string, args, { cwd: folder, env });
  return stdout;
}

test("there are snippets", () => expect(snippets.length).toBeGreaterThan(5));

test
  .skipIf(!node)
  .each(snippets.filter((code) => !code.includes("redis")).map((code, index) => ({ index, code })))(
  "snippet $index runs, and prints what it says",
  async ({ code }) => {
    const printed = await run(code, {});
    if (code.includes("computed Hi!")) expect(printed).toBe("computed Hi!\n");
    if (code.includes("is a Date")) {
      expect(printed).toBe("NOT_CACHEABLE request.messages[0].at is a Date\n");
    }
  },
);

test.skipIf(!node || !hasRedisServer())("the redis snippet runs", async () => {
  const server = await startRedis();
  try {
    await run(snippets.find((code) => code.includes("redis")) as string, { REDIS_URL: server.url });
  } finally {
    await server.stop();
  }
});
