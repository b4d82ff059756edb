import type { Environment } from "../environment.ts";
import { SecretsError } from "../errors.ts";
import { findProgram } from "../programs/find-program.ts";
import { firstLine } from "../programs/first-line.ts";
import { programEnvironment } from "../programs/program-environment.ts";
import { type ProgramResult, runProgram } from "../programs/run-program.ts";
import type { SecretStore } from "../stores/secret-store.ts";
import { isAbsent } from "./absent-words.ts";
import { CachedReads } from "./cached-reads.ts";
import { heldNames } from "./held-names.ts";
import { NameMap } from "./name-map.ts";
import { type ReadOptions, readPolicy } from "./read-options.ts";
import { refused } from "./store-error.ts";

export type { ReadOptions } from "./read-options.ts";

/** A program that prints a secret, such as `op`, `pass`, `bw`, `gopass`, `vault` or `aws`. */
export interface CommandStoreOptions extends ReadOptions {
  /**
   * The program and its arguments, run without a shell. `{}` in an argument is replaced by the
   * secret's name from `names`: `["pass", "show", "{}"]`.
   */
  readonly command: readonly string[];
  /** The program's names for the secrets, by the name used here. It is asked for no other. */
  readonly names: Readonly<Record<string, string>>;
  /**
   * The part of the output that is the value; "all" leaves out a final line break. @default "all"
   */
  readonly take?: "all" | "first-line";
  /** Variables for the program, besides those of this process without `ACC_SECRETS_*`. */
  readonly env?: Environment;
  /**
   * Returns true for a failure that means that there is no such secret.
   * @default the messages of known programs
   */
  readonly isAbsent?: (result: ProgramResult) => boolean;
}

export type { ProgramResult } from "../programs/run-program.ts";

/** The most output that a program may print, in bytes: more than the longest value. */
const mostBytes = 128 * 1024;

/**
 * Creates a read-only store of secrets that another program prints. Each is read when it is needed
 * and cached in memory. The program gets no stdin, no terminal and no secret in its arguments.
 *
 * @throws SecretsError `INVALID_OPTION`, `NAME_CONFLICT` and the errors of an invalid name
 */
export function createCommandStore(options: CommandStoreOptions): SecretStore {
  const { command, take = "all" } = options;
  checkOptions(command, take);
  const names = new NameMap(options.names);
  const { timeout } = readPolicy(options);
  const [program = ""] = command;
  const says = options.isAbsent ?? isAbsent;
  const reads = new CachedReads("command", options, async (name) => {
    const target = names.find(name);
    if (target === undefined) return undefined;
    const argv = command.map((word, index) =>
      index > 0 ? word.replaceAll("{}", () => target) : word,
    );
    const env = programEnvironment(options.env);
    const result = await runProgram({ argv, env, timeout, mostBytes });
    if (result.exitCode !== 0) {
      if (says(result)) return undefined;
      throw failed(program, result);
    }
    const value = taken(result.stdout, take);
    return value === "" ? undefined : { value };
  });
  const get = (name: string) => (names.find(name) === undefined ? undefined : reads.get(name));
  return {
    kind: "command",
    get,
    list: () => heldNames(names.names, get),
    refresh: async () => reads.refresh(),
    check: async () => void findProgram(program, programEnvironment(options.env)),
    close: async () => reads.close(),
  };
}

function checkOptions(command: readonly string[], take: string): void {
  const isWords = Array.isArray(command) && command.every((word) => typeof word === "string");
  if (!isWords || !command[0]) {
    throw invalid('`command` is a list of words, such as ["pass", "show", "{}"].');
  }
  if (!command.slice(1).some((word) => word.includes("{}"))) {
    throw invalid("`command` has no {} as the place of the secret to read.");
  }
  if (take !== "all" && take !== "first-line") throw invalid('`take` is "all" or "first-line".');
}

function invalid(what: string): SecretsError {
  return new SecretsError("INVALID_OPTION", what);
}

function taken(output: string, take: "all" | "first-line"): string {
  if (take === "first-line") return /^[^\r\n]*/.exec(output)?.[0] ?? "";
  return output.replace(/\r?\n$/, "");
}

function failed(program: string, { exitCode, stderr }: ProgramResult): SecretsError {
  const said = firstLine(stderr);
  return refused(
    `${program} ended with ${exitCode}${said === "" ? "" : `: ${said}`}. ` +
      "Run it by hand in the same environment: it may have to be unlocked or signed in to.",
  );
}
