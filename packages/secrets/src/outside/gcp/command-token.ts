import type { Environment } from "../../environment.ts";
import { SecretsError } from "../../errors.ts";
import { firstLine } from "../../programs/first-line.ts";
import { programEnvironment } from "../../programs/program-environment.ts";
import { runProgram } from "../../programs/run-program.ts";
import { refused } from "../store-error.ts";
import type { AccessToken } from "./gcp-client.ts";
import { rememberedToken } from "./remembered-token.ts";

/** A program that prints an access token. */
export interface CommandTokenOptions {
  /**
   * The program and its arguments, run without a shell: `["gcloud", "auth", "print-access-token"]`.
   */
  readonly command: readonly string[];
  /** Variables for the program, besides those of this process without `ACC_SECRETS_*`. */
  readonly env?: Environment;
  /** How long the program may take, in milliseconds. @default 10_000 */
  readonly timeout?: number;
}

/** How long a token is used before the program runs again, in milliseconds. */
const lifetime = 300_000;

/** The most output that is read, in bytes: more than the longest token. */
const mostBytes = 16 * 1024;

/**
 * Returns access tokens that a program prints. The program runs at most once every five minutes,
 * and again when Google refuses the token.
 *
 * @throws SecretsError `INVALID_OPTION`
 */
export function commandToken({ command, env, timeout = 10_000 }: CommandTokenOptions): AccessToken {
  const [program = ""] = command;
  if (program === "") {
    throw new SecretsError("INVALID_OPTION", "`command` is a program and its arguments.");
  }
  return rememberedToken(async () => {
    const call = { argv: command, env: programEnvironment(env), timeout, mostBytes };
    const { exitCode, stdout, stderr } = await runProgram(call);
    if (exitCode === 0) return { token: stdout, lifetime };
    const words = firstLine(stderr);
    throw refused(`${program} gives no access token: ${words || `it ended with ${exitCode}`}`);
  });
}
