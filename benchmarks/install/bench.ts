import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Bench, Goal, Row, Table } from "../harness/report.ts";
import { type Folder, installAll } from "./install-all.ts";
import { type Install, installs } from "./installs.ts";

export const bench: Bench = {
  title: "what an install brings, over the SDK alone",
  async run() {
    const folder = mkdtempSync(join(tmpdir(), "acc-bench-install-"));
    try {
      const installed = installAll(folder);
      return {
        tables: installs.map((install) => tableOf(install, installed)),
        goals: installs.map((install) => goalOf(install, installed)),
        remarks,
      };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

const remarks = [
  "Bytes of the files on disk, with all dependencies, installed by npm from tarballs as a release would publish them. A dependency that two of them share counts once.",
  "A CLI is not part of an install: acc uses the one that the machine has.",
];

function tableOf({ sdk, ours, peer }: Install, installed: Folder): Table {
  const floor = installed.megabytes(sdk);
  const row = (names: readonly string[], kind: Row["kind"]): Row => {
    const figure = installed.megabytes(names);
    return { subject: names.join(" + "), kind, figure, ratio: figure / floor };
  };
  const rows = [row(sdk, "floor"), row([ours], "ours"), ...(peer ? [row(peer, "peer")] : [])];
  return { title: ours, unit: "MB", reference: sdk.join(" + "), rows };
}

function goalOf({ sdk, ours, mostAdded }: Install, installed: Folder): Goal {
  const measured = installed.megabytes([ours, ...sdk]) - installed.megabytes(sdk);
  return { says: `${ours}: over the SDK alone`, measured, atMost: mostAdded, unit: "MB" };
}
