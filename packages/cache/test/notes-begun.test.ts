import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { filesStore } from "../src/index.ts";
import type { InvalidationStore } from "../src/store/store.ts";
import { temporaryFolder } from "./support/temporary.ts";

test("files: a list that another process has only just made is the one that it will be", async () => {
  const directory = temporaryFolder();
  const store = filesStore({ directory });
  const other = filesStore({ directory });
  const notes = store.invalidations as InvalidationStore;
  await notes.since();
  const list = join(directory, "files", "notes");
  expect(existsSync(list)).toBe(true);
  writeFileSync(list, "");

  const { position } = await notes.since();
  await other.invalidations?.around({ author: "other", target: "a" }, () => undefined);

  const news = await notes.since(position);
  expect(news.notes?.map(({ target }) => target)).toContain("a");
  await store.close?.();
  await other.close?.();
});
