import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { packPackages } from "../../scripts/pack-packages.ts";
import { installInto } from "../../test/packed/install.ts";

const wanted = [
  "claude",
  "gemini",
  "groq",
  "openai",
  "dual-mode",
  "cache",
  "secrets",
  "prices",
  "server",
  "batch",
];

declare module "vitest" {
  export interface ProvidedContext {
    /** A folder in which the packages are installed, as a stranger would. */
    readonly installed: string;
  }
}

/** Packs the packages and installs them once, far from what this repository has installed. */
export default function setup(project: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), "acc-bundles-"));
  const packs = join(folder, "packs");
  mkdirSync(packs);
  const tarballs = packPackages(packs)
    .filter(({ name }) => wanted.some((one) => name === `@acc/${one}`))
    .map(({ tarball }) => tarball);
  const installed = join(folder, "apps");
  installInto(installed, tarballs);
  project.provide("installed", installed);
  return () => rmSync(folder, { recursive: true, force: true });
}
