import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../steps/root.ts";
import { run } from "./command.ts";
import { packRelease } from "./packed-release.ts";
import { publishMissing } from "./publish.ts";
import { refuseStale } from "./stale.ts";

/** Publishes what the registry does not have yet, with provenance: docs/releasing.md. */
const folder = mkdtempSync(join(tmpdir(), "acc-release-"));
const place = { cwd: root, env: process.env };
try {
  refuseUnready();
  const release = packRelease(folder);
  refuseStale(release);
  const missing = publishMissing(release, place, { provenance: true });
  for (const one of release) {
    const state = missing.includes(one) ? "published" : "there before";
    console.log(`${state.padEnd(14)}${one.name}@${one.version}`);
  }
  run("npx", ["changeset", "tag"], place);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Provenance says which commit and which run of CI made a package: there must be one of each. */
function refuseUnready(): void {
  if (run("git", ["status", "--porcelain"], place) !== "") {
    throw new Error("There are changes that are not committed: a release is of a commit.");
  }
  const { ACTIONS_ID_TOKEN_REQUEST_URL: ofActions, SIGSTORE_ID_TOKEN: ofOthers } = place.env;
  if (ofActions === undefined && ofOthers === undefined) {
    throw new Error("There is no identity to sign with: release in CI, with `id-token: write`.");
  }
}
