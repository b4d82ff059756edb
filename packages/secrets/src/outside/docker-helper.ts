import { isAbsolute } from "node:path";
import type { Environment } from "../environment.ts";
import type { SecretsError } from "../errors.ts";
import { releaseValue, retainValue } from "../live-values.ts";
import { firstLine } from "../programs/first-line.ts";
import { type ProgramResult, runProgram } from "../programs/run-program.ts";
import { refused, unreadable } from "./store-error.ts";

/** The most output that a helper may print, in bytes: it lists all credentials of its user. */
const mostBytes = 4 * 1024 * 1024;

/** The username of each credential: some helpers store none without it. */
const username = "acc";

/** The messages of helpers for a missing credential; they print them on stdout. */
const absent =
  /credentials not found in native keychain|No stored credential for|specified item could not be found in the keychain|is not in the password store/i;

/**
 * The protocol of Docker's credential helpers: the verb is an argument, its subject is on stdin.
 */
export class DockerHelper {
  readonly #program: string;
  readonly #env: () => Environment;
  readonly #timeout: number;

  constructor(
    helper: string,
    { env, timeout }: { readonly env: () => Environment; readonly timeout: number },
  ) {
    this.#program = isAbsolute(helper) ? helper : `docker-credential-${helper}`;
    this.#env = env;
    this.#timeout = timeout;
  }

  /**
   * Returns undefined if there is no such credential; some helpers then succeed with an empty
   * secret.
   */
  async get(url: string): Promise<string | undefined> {
    const result = await this.#run("get", url);
    if (result.exitCode !== 0) {
      if (isAbsent(result)) return undefined;
      throw this.#failed("get", result);
    }
    const { Secret: secret } = this.#parsed(result) as { Secret?: unknown };
    if (typeof secret === "string") return secret === "" ? undefined : secret;
    throw unreadable(`${this.#program} get printed no Secret.`);
  }

  /** Lists the server URLs of all credentials. */
  async list(): Promise<readonly string[]> {
    const result = await this.#run("list", "");
    if (result.exitCode !== 0) {
      if (isAbsent(result)) return [];
      throw this.#failed("list", result);
    }
    return Object.keys(this.#parsed(result));
  }

  async store(url: string, secret: string): Promise<void> {
    retainValue(secret);
    try {
      const credential = { ServerURL: url, Username: username, Secret: secret };
      const result = await this.#run("store", JSON.stringify(credential));
      if (result.exitCode !== 0) throw this.#failed("store", result);
    } finally {
      releaseValue(secret);
    }
  }

  async erase(url: string): Promise<void> {
    const result = await this.#run("erase", url);
    if (result.exitCode !== 0 && !isAbsent(result)) throw this.#failed("erase", result);
  }

  #run(verb: string, input: string): Promise<ProgramResult> {
    const argv = [this.#program, verb];
    return runProgram({ argv, input, env: this.#env(), timeout: this.#timeout, mostBytes });
  }

  #parsed({ stdout }: ProgramResult): object {
    try {
      const found: unknown = JSON.parse(stdout === "" ? "{}" : stdout);
      if (typeof found === "object" && found !== null) return found;
    } catch {
      // Reported below, without the output.
    }
    throw unreadable(`${this.#program} printed no JSON object.`);
  }

  #failed(verb: string, { exitCode, stdout, stderr }: ProgramResult): SecretsError {
    const said = firstLine(`${stdout}\n${stderr}`);
    const fix = "Check that its backend is set up and unlocked.";
    return refused(
      `${this.#program} ${verb} ended with ${exitCode}${said === "" ? "" : `: ${said}`}. ${fix}`,
    );
  }
}

function isAbsent({ stdout, stderr }: ProgramResult): boolean {
  return absent.test(stdout) || absent.test(stderr);
}
