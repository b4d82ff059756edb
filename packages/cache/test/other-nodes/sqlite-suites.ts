import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { sqliteStore } from "../../src/index.ts";
import { testCacheStore } from "../../src/testing.ts";
import { diskSuites } from "../suites/disk-suites.ts";
import { invalidationSuite } from "../suites/invalidation-suite.ts";
import { lockSuite } from "../suites/lock-suite.ts";
import { sqliteGround } from "../support/ground.ts";

const parent = mkdtempSync(join(tmpdir(), "acc-cache-"));
let serial = 0;
const open = () => sqliteStore({ directory: join(parent, String(serial)) });

testCacheStore(
  test,
  () => {
    serial++;
    return open();
  },
  { reopen: open },
);

diskSuites(test, sqliteGround);
invalidationSuite(test, sqliteGround);
lockSuite(test, sqliteGround);

after(() => rmSync(parent, { recursive: true, force: true }));
