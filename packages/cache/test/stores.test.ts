import { describe, test } from "vitest";
import { filesStore, memoryStore } from "../src/index.ts";
import { testCacheStore } from "../src/testing.ts";
import { temporaryFolder } from "./support/temporary.ts";

describe("memory", () => {
  testCacheStore(test, () => memoryStore());
});

describe("files", () => {
  let directory = "";
  testCacheStore(
    test,
    () => {
      directory = temporaryFolder();
      return filesStore({ directory });
    },
    { reopen: () => filesStore({ directory }) },
  );
});
