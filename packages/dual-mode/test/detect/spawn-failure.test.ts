import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { commandWord } from "../../src/cli/command-word.ts";
import { spawnFailure } from "../../src/detect/spawn-failure.ts";
import { failureOf, Scene } from "../cli/scene.ts";

const scene = new Scene();

const executable = (text: string, mode = 0o755) => {
  const path = join(scene.folder, "command");
  writeFileSync(path, text);
  chmodSync(path, mode);
  return path;
};

// anthropics/claude-code#56806
it("arguments that the system refuses are a limit of this mode", async () => {
  const { error } = await failureOf(scene.run("die", { args: ["x".repeat(200_000)] }).lines);
  expect(error).toMatchObject({ code: "UNSUPPORTED_FEATURE" });
});

it.each([
  ["an interpreter that is not there", "#!/nonexistent/node\n", 0o755],
  ["a file that may not be executed", "#!/bin/sh\n", 0o644],
])("%s is no command", async (_, text, mode) => {
  const { error } = await failureOf(scene.run(executable(text, mode)).lines);
  expect(error).toMatchObject({ code: "CLI_NOT_FOUND" });
});

it("a command that is being written is tried again", async () => {
  expect(spawnFailure("/bin/x", { code: "ETXTBSY" })).toMatchObject({
    code: "CLI_CRASHED",
    message: expect.stringContaining("being written"),
  });
});

it.each(["-p", "--dangerous", "", " x", "a\0b"])("%j is no word for a command", (word) => {
  expect(() => commandWord("model", word)).toThrow(
    expect.objectContaining({ code: "INVALID_REQUEST" }),
  );
});

it("names are, whatever is in them", () => {
  expect(commandWord("model", "openai/gpt-oss:20b@x y")).toBe("openai/gpt-oss:20b@x y");
});
