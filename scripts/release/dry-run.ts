import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PackedPackage } from "../pack-packages.ts";
import { checkAcc } from "./check-acc.ts";
import {
  checkBytes,
  checkFiles,
  checkImports,
  checkTypes,
  entriesOf,
  foreign,
  nodeBinaries,
} from "./checks.ts";
import { run } from "./command.ts";
import { type Installer, installByName, installers, npmEnv } from "./consumer.ts";
import { packRelease } from "./packed-release.ts";
import { programs } from "./programs.ts";
import { publishMissing } from "./publish.ts";
import { openRegistry } from "./registry.ts";
import { staleFiles } from "./stale.ts";
import { publishStranger, strangerName } from "./stranger.ts";

/** A release to a registry on loopback, and what those who install from it get. */
const folder = mkdtempSync(join(tmpdir(), "acc-dry-"));
const begun = performance.now();
const registry = await openRegistry(join(folder, "registry"));
const strangers = { folder, registry: registry.url };
try {
  const release = packRelease(made("tarballs"));
  const stale = staleFiles(release);
  if (stale.length > 0) say(`not one build alone, pnpm release would refuse: ${stale.join(", ")}`);
  const place = { cwd: folder, env: npmEnv(strangers) };
  const [first, again] = [1, 2].map(() => publishMissing(release, place, { provenance: false }));
  if (first?.length !== release.length || again?.length !== 0) {
    throw new Error("What is published is neither all at first nor nothing the second time.");
  }
  say(`published ${release.map(({ name, version }) => `${name}@${version}`).join(" ")}`);

  const stranger = publishStranger(strangers);
  say("a stranger's provider was made, passed its tests and was published");

  const all = [...release, stranger];
  for (const installer of installers) {
    consume(installer, all, "@acc/claude", ["@acc/claude", "@anthropic-ai/sdk"]);
    consume(installer, all, "@acc/openai", ["@acc/openai", "openai"]);
    consume(installer, all, "@acc/secrets", []);
    consume(installer, all, "@acc/ai-sdk", []);
    consume(installer, all, strangerName, []);
    consumeCommand(installer, all);
  }
  consumeGlobally();
} finally {
  await registry.close();
  rmSync(folder, { recursive: true, force: true });
}

/** Installs one package and looks at all that arrived. */
function consume(
  installer: Installer,
  all: readonly PackedPackage[],
  name: string,
  own: readonly string[],
): void {
  const consumer = installByName(strangers, installer, name);
  const bytes = checkArrived(consumer, all, name);
  const others = foreign(consumer, own);
  if (others.length > 0) throw new Error(`${name} brings ${others.join(", ")}`);
  checkTypes(consumer, programs[name] ?? "");
  checkImports(consumer, entriesOf(consumer, name));
  say(
    `${installer}: ${name} alone, ${bytes} bytes: files, sizes, types, imports, no foreign provider`,
  );
}

function consumeCommand(installer: Installer, all: readonly PackedPackage[]): void {
  const consumer = installByName(strangers, installer, "@acc/cli");
  const bytes = checkArrived(consumer, all, "@acc/cli");
  checkAcc(join(consumer, "node_modules/.bin"), made(`home-${installer}`));
  const main = join(consumer, "node_modules/@acc/cli/dist/main.cjs");
  for (const node of nodeBinaries()) run(node, [main, "--version"], { cwd: consumer });
  say(
    `${installer}: @acc/cli, ${bytes} bytes: files, sizes, acc on the PATH and on every Node.js, SDKs`,
  );
}

function consumeGlobally(): void {
  const prefix = made("global");
  const args = ["install", "--global", "--prefix", prefix, "@acc/cli"];
  run("npm", args, { cwd: folder, env: npmEnv(strangers) });
  checkAcc(join(prefix, "bin"), made("home-global"));
  say("npm --global: acc on the PATH, and each provider's SDK");
}

/** Its files and no others, of the size that was packed; gives their bytes. */
function checkArrived(consumer: string, all: readonly PackedPackage[], name: string): number {
  const packed = all.find((one) => one.name === name);
  if (packed === undefined) throw new Error(`${name} was not packed.`);
  const bytes = checkFiles(consumer, name, packed.files);
  checkBytes(bytes, packed.tarball);
  return bytes;
}

function made(name: string): string {
  const path = join(folder, name);
  mkdirSync(path);
  return path;
}

function say(text: string): void {
  console.log(`${((performance.now() - begun) / 1_000).toFixed(0).padStart(4)} s  ${text}`);
}
