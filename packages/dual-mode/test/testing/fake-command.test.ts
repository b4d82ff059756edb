import { appendFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { openCommand } from "../../src/testing/fake-command.ts";
import { protocolWire } from "../../src/testing.ts";

it("a note that the command is still writing is read when it is whole", async () => {
  let command = "";
  const stage = await openCommand(protocolWire, (path) => {
    command = path;
    return {};
  });
  onTestFinished(() => stage.close());
  const write = (text: string) => appendFileSync(join(dirname(command), "runs.jsonl"), text);
  write("");
  expect(stage.sent()).toEqual([]);
  write('{"pid":999999999,"content":"a');
  expect(stage.sent()).toEqual([]);
  write('","exposed":"","surroundings":{}}\n');
  expect(stage.sent()).toHaveLength(1);
});
