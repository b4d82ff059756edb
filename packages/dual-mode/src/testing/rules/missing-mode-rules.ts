import { equal, ok } from "node:assert/strict";
import type { Availability } from "../../contract/provider.ts";
import { inEmptyHome } from "../empty-home.ts";
import { expectCode, failureOf, thrownBy } from "../outcome.ts";
import { whole } from "../plays.ts";
import type { Rule } from "../rule.ts";

/** Rules for how a mode that cannot be used reports this. */
export const missingModeRules: readonly Rule[] = [
  {
    name: "a command that is nowhere is CLI_NOT_FOUND, with the way to get it",
    purpose: "The engine goes on with the other mode, and a user reads what to install.",
    mode: "cli",
    check: async ({ client }) => {
      const bare = client({ cliPath: undefined });
      const named = `ACC_${bare.provider.toUpperCase().replaceAll(/[^A-Z0-9]/g, "_")}_CLI`;
      const [status] = await inEmptyHome({ [named]: undefined }, () => bare.status());
      const cli = status?.cli;
      if (cli?.available) ok(cli.command, "It is said to be there, and its path is not told.");
      else expectClosed(cli, "CLI_NOT_FOUND");
    },
  },
  {
    name: "a command that has gone since it was found is CLI_NOT_FOUND",
    purpose: "The engine looks again, and goes on with the other mode.",
    mode: "cli",
    check: async ({ stage, client }) => {
      const one = client();
      await one.status();
      stage.turn("gone");
      await expectCode(one, "CLI_NOT_FOUND");
    },
  },
  {
    name: "a server that is not there is NETWORK",
    purpose: "It may come back: the engine tries again, then goes on with another mode.",
    mode: "sdk",
    check: async ({ stage, client }) => {
      stage.turn("gone");
      await expectCode(client(), "NETWORK");
    },
  },
  {
    name: "a command that is too old is CLI_TOO_OLD, with the way to a newer one",
    purpose: "What an old version does with the request nobody knows: it must not get one.",
    mode: "cli",
    needs: "tooOld",
    check: async ({ stage, client }) => {
      stage.turn("tooOld");
      stage.play(whole(stage));
      const one = client();
      const [status] = await one.status();
      expectClosed(status?.cli, "CLI_TOO_OLD");
      await failureOf(one);
      equal(stage.sent().length, 0, "It was given a request all the same.");
    },
  },
  {
    name: "a command that holds no login is CLI_NOT_LOGGED_IN, with the way to log in",
    purpose: "The engine goes on with a key, and a user reads how to log in.",
    mode: "cli",
    needs: "loggedOut",
    check: async ({ stage, client }) => {
      stage.turn("loggedOut");
      const { PATH } = process.env;
      const one = client({ billing: "login", apiKey: undefined });
      const { attempts, message } = await inEmptyHome({ PATH }, () => thrownBy(one));
      const told = attempts.find(({ code }) => code === "CLI_NOT_LOGGED_IN");
      ok(told, `It is not said: ${message}`);
      ok(told.fix, "What to do is not told.");
    },
  },
];

function expectClosed(mode: Availability | undefined, code: string): void {
  if (mode === undefined || mode.available) throw new Error("The mode is said to be there.");
  equal(mode.code, code);
  ok(mode.fix !== "", "What to do is not told.");
}
