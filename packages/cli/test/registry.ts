import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { packPackages } from "../../../scripts/pack-packages.ts";
import { run } from "../../../scripts/release/command.ts";
import { npmEnv } from "../../../scripts/release/consumer.ts";
import { openRegistry } from "../../../scripts/release/registry.ts";

/** A registry on loopback that has what a provider's package needs, and is published to. */
export interface TestRegistry {
  /** The variables by which acc's npm finds it. */
  readonly env: Readonly<Record<string, string>>;
  /** Publishes a package of these files; gives what its manifest was. */
  publish(files: Readonly<Record<string, string>>): void;
  /** Makes a provider as `create-acc-provider` does, builds and publishes it. */
  publishMade(...flags: readonly string[]): void;
  close(): Promise<void>;
}

const core = ["@acc/secrets", "@acc/cache", "@acc/dual-mode"];
const maker = fileURLToPath(new URL("../../create-acc-provider/dist/main.js", import.meta.url));

export async function openTestRegistry(): Promise<TestRegistry> {
  const folder = mkdtempSync(join(tmpdir(), "acc-registry-"));
  const registry = await openRegistry(join(folder, "registry"));
  const env = npmEnv({ folder, registry: registry.url });
  const place = (cwd: string) => ({ cwd, env });
  let count = 0;
  const empty = () => {
    count += 1;
    const path = join(folder, `made-${count}`);
    mkdirSync(path);
    return path;
  };
  const publishIn = (cwd: string, what: readonly string[] = []) =>
    run("npm", ["publish", ...what, "--access", "public", "--no-provenance"], place(cwd));
  const packed = packPackages(empty()).filter(({ name }) => core.includes(name));
  for (const { tarball } of packed) publishIn(folder, [tarball]);
  return {
    env: {
      npm_config_userconfig: join(folder, "npmrc"),
      npm_config_cache: join(folder, "npm"),
    },
    publish(files) {
      const cwd = empty();
      for (const [name, text] of Object.entries(files)) {
        mkdirSync(dirname(join(cwd, name)), { recursive: true });
        writeFileSync(join(cwd, name), text);
      }
      publishIn(cwd, ["--ignore-scripts"]);
    },
    publishMade(...flags) {
      const cwd = empty();
      run(process.execPath, [maker, ".", "--yes", ...flags], place(cwd));
      run("npm", ["install", "--no-audit", "--no-fund"], place(cwd));
      publishIn(cwd);
    },
    async close() {
      await registry.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
