// Its test asks nobody: each answer is a file of ./answers. After a change of the prompt, record it
// anew, where there is a key: ACC_RECORDINGS=record node --import tsx --test release-notes.test.ts
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { recordings } from "@acc/cache";
import { createClaude } from "@acc/claude";
import { releaseNotes } from "./release-notes.ts";

const cache = recordings({ folder: new URL("answers", import.meta.url) });
const claude = createClaude({ cache, model: "claude-sonnet-5-5" });
after(() => claude.close());

test("a note has a title and leaves out what users cannot notice", async () => {
  const notes = await releaseNotes(claude, ["Answer twice as fast", "Rename a private function"]);
  assert.match(notes, /^# .+\n\n- .+/);
  assert.match(notes, /fast/);
  assert.doesNotMatch(notes, /private/);
});
