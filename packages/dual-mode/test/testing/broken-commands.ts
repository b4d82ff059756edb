import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import type { CanonicalRequest } from "../../src/contract/canonical.ts";
import type { Part } from "../../src/contract/part.ts";
import { broken, changed, type Run, recoded } from "./break-a-mode.ts";
import type { Broken } from "./broken.ts";
import { modes } from "./minimal-provider.ts";

/** A command started by hand, as one would without the kit. */
function byHand(args: (request: CanonicalRequest) => readonly string[]): Run {
  return async function* (request, { command = "" }) {
    const child = spawn(command, args(request), { stdio: ["pipe", "pipe", "inherit"] });
    child.stdin.end(JSON.stringify(request));
    const lines = (await text(child.stdout)).trim().split("\n");
    yield* lines.map((line) => JSON.parse(line) as Part);
  };
}

export const brokenCommands: readonly Broken[] = [
  broken(
    "cli: neither key nor prompt is in the address or the arguments",
    "has the prompt in the arguments",
    byHand((request) => [JSON.stringify(request.messages)]),
  ),
  broken(
    "cli: neither system prompt nor earlier turns are in the address or the arguments",
    "puts the history into an argument",
    byHand((request) => [JSON.stringify(request.messages)]),
  ),
  broken(
    "cli: a command's environment is made from nothing",
    "hands its environment on",
    byHand(() => []),
  ),
  broken(
    "cli: a command runs in a private folder",
    "runs it where it is itself",
    byHand(() => []),
  ),
  broken(
    "cli: an exit code other than 0 after an answer is CLI_CRASHED",
    "does not look at the exit code",
    byHand(() => []),
  ),
  broken(
    "cli: lines that are no events are skipped",
    "parses every line",
    byHand(() => []),
  ),
  broken(
    "cli: leaving the loop of a stream leaves nothing running",
    "waits for the command",
    byHand(() => []),
  ),
  broken(
    "cli: a command's run tells whose it is, for the end of its host",
    "starts it by hand",
    byHand(() => []),
  ),
  changed(
    "cli: a command that is nowhere is CLI_NOT_FOUND, with the way to get it",
    "does not look",
    {
      probe: async () => ({ available: true }),
    },
  ),
  changed(
    "cli: a command that is nowhere is CLI_NOT_FOUND, with the way to get it",
    "says no way",
    {
      probe: async (context) => ({ ...(await modes.cli.probe(context)), fix: "" }),
    },
  ),
  broken(
    "cli: a command that has gone since it was found is CLI_NOT_FOUND",
    "takes it for a crash",
    recoded("CLI_NOT_FOUND", "CLI_CRASHED", modes.cli.run),
  ),
  changed(
    "cli: a command that is too old is CLI_TOO_OLD, with the way to a newer one",
    "takes every version",
    { probe: async ({ cliPath = "" }) => ({ available: true, command: cliPath, version: "0.9" }) },
  ),
  broken(
    "cli: a command that holds no login is CLI_NOT_LOGGED_IN, with the way to log in",
    "takes it for a crash",
    recoded("CLI_NOT_LOGGED_IN", "CLI_CRASHED", modes.cli.run),
  ),
];
