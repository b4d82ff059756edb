import { equal, notEqual, ok } from "node:assert/strict";
import { withEnvironment } from "../environment.ts";
import { whole } from "../plays.ts";
import type { Rule } from "../rule.ts";

const canary = "ACC_CONFORMANCE_CANARY";

/** Rules only for runs of a command. */
export const commandRules: readonly Rule[] = [
  {
    name: "a command's environment is made from nothing",
    purpose: "A command must not get other providers' keys, nor settings that nobody meant for it.",
    mode: "cli",
    check: async ({ stage, client }) => {
      stage.play(whole(stage));
      await withEnvironment({ [canary]: "here" }, () => client().chat("Hello"));
      equal(stage.sent()[0]?.surroundings[canary], undefined, "It got a variable of the host's.");
    },
  },
  {
    name: "a command runs in a private folder",
    purpose:
      "A command must not read the project that it is called from, nor leave anything there.",
    mode: "cli",
    check: async ({ stage, client }) => {
      stage.play(whole(stage));
      await client().chat("Hello");
      const { PWD, TMPDIR } = stage.sent()[0]?.surroundings ?? {};
      notEqual(TMPDIR, process.env.TMPDIR, "It got the host's folder for temporary files.");
      notEqual(PWD, process.cwd(), "It ran in the host's working folder.");
    },
  },
  {
    name: "the command that is found is told, with its version",
    purpose: "A user must be able to see which of several commands is run.",
    mode: "cli",
    check: async ({ client }) => {
      const [status] = await client().status();
      const cli = status?.cli;
      ok(cli?.available, `It was not found: ${JSON.stringify(cli)}`);
      ok(cli.command?.endsWith("command.mjs"), "Its path is not told.");
      ok(cli.version !== undefined, "Its version is not told.");
    },
  },
];
