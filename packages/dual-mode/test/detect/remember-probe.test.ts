import { renameSync, utimesSync, writeFileSync } from "node:fs";
import { expect, test, vi } from "vitest";
import { rememberProbe } from "../../src/detect/remember-probe.ts";
import { DualModeError } from "../../src/error.ts";
import { TestFolder } from "./folder.ts";

const folder = new TestFolder();

function counting() {
  let count = 0;
  return {
    probe: async () => {
      count += 1;
      return count;
    },
    count: () => count,
  };
}

test("asks once, also when asked at the same time", async () => {
  const command = folder.command("command");
  const { probe, count } = counting();
  const answers = await Promise.all([
    rememberProbe(command, "version", probe),
    rememberProbe(command, "version", probe),
  ]);
  expect([...answers, await rememberProbe(command, "version", probe)]).toEqual([1, 1, 1]);
  expect(count()).toBe(1);
});

test("whoever joined asks anew when the one who asked gives up", async () => {
  const command = folder.command("command");
  let giveUp = () => {};
  const ended = new Promise<number>((_, reject) => {
    giveUp = () => reject(new DualModeError("ABORTED", "The caller aborted the call."));
  });
  const begun = vi.fn(() => ended);
  const first = rememberProbe(command, "version", begun).catch(({ code }) => code);
  await vi.waitFor(() => expect(begun).toHaveBeenCalled());
  const joined = rememberProbe(command, "version", counting().probe);
  setTimeout(giveUp, 50);
  expect(await Promise.all([first, joined])).toEqual(["ABORTED", 1]);
});

test("other questions and other commands are asked for themselves", async () => {
  const { probe } = counting();
  const first = folder.command("first");
  await rememberProbe(first, "version", probe);
  await rememberProbe(first, "login", probe);
  expect(await rememberProbe(folder.command("second"), "version", probe)).toBe(3);
});

test.each([
  ["written anew", (path: string) => writeFileSync(path, "longer than before")],
  ["touched", (path: string) => utimesSync(path, 1, 1)],
  [
    "written over with the same size and date",
    (path: string) => {
      writeFileSync(path, "#!/bin/ed\n");
      utimesSync(path, 500, 500);
    },
  ],
  [
    "replaced by one of the same size and date",
    (path: string) => {
      writeFileSync(`${path}.new`, "#!/bin/sh\n");
      utimesSync(`${path}.new`, 500, 500);
      renameSync(`${path}.new`, path);
    },
  ],
])("asks again when the file was %s", async (_, change) => {
  const command = folder.command("command");
  utimesSync(command, 500, 500);
  const { probe } = counting();
  await rememberProbe(command, "version", probe);
  change(command);
  expect(await rememberProbe(command, "version", probe)).toBe(2);
});

test("a probe that failed is asked again", async () => {
  const command = folder.command("command");
  await expect(
    rememberProbe(command, "version", () => Promise.reject(new Error("busy"))),
  ).rejects.toThrow("busy");
  await expect(rememberProbe(command, "version", async () => "1.2.3")).resolves.toBe("1.2.3");
});

test("a command that is gone is CLI_NOT_FOUND", async () => {
  await expect(
    rememberProbe(folder.at("gone"), "version", async () => "1.2.3"),
  ).rejects.toMatchObject({ code: "CLI_NOT_FOUND" });
});
