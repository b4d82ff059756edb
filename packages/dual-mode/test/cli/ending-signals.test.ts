import { constants } from "node:os";
import { expect, test } from "vitest";
import { endingSignals } from "../../src/cli/ending-signals.ts";

test.each(["linux", "darwin"] as const)("on %s they are those that end a process", (platform) => {
  expect([...endingSignals(platform).keys()]).toEqual([
    ...["SIGTERM", "SIGINT", "SIGHUP", "SIGQUIT"],
    ...["SIGUSR2", "SIGALRM", "SIGVTALRM", "SIGXCPU"],
  ]);
});

test("every one of them can be listened to here", () => {
  const names = [...endingSignals(process.platform).keys()];
  expect(names.filter((name) => constants.signals[name] === undefined)).toEqual([]);
  const listener = () => {};
  for (const name of names) process.on(name, listener).off(name, listener);
});

test("on Windows there are those alone that libuv knows there", () => {
  const names = [...endingSignals("win32").keys()];
  expect(names).toEqual(["SIGTERM", "SIGINT", "SIGHUP", "SIGBREAK"]);
});
