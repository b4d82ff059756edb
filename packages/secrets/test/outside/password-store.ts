import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A home with a key of GnuPG, and a `pass` in it for each store that is asked for. */
export interface PasswordStores {
  /** The environment of a new, empty store. */
  next(): Record<string, string>;
  insert(env: Record<string, string>, name: string, text: string): void;
  /** Ends the agent, and removes the home. */
  end(): void;
}

export function passwordStores(): PasswordStores {
  const home = mkdtempSync(join(tmpdir(), "acc-pass-"));
  const gnupg = join(home, "gnupg");
  mkdirSync(gnupg, { mode: 0o700 });
  const base = { PATH: process.env.PATH ?? "", HOME: home, GNUPGHOME: gnupg };
  const run = (env: Record<string, string>, input: string, program: string, ...args: string[]) =>
    execFileSync(program, args, { env, input, stdio: "pipe" });
  const key = ["--quick-gen-key", "acc-test", "future-default", "default", "never"];
  run(base, "", "gpg", "--batch", "--passphrase", "", ...key);
  let made = 0;
  return {
    next() {
      made += 1;
      const env = { ...base, PASSWORD_STORE_DIR: join(home, `store-${made}`) };
      run(env, "", "pass", "init", "acc-test");
      return env;
    },
    insert: (env, name, text) => void run(env, text, "pass", "insert", "-m", name),
    end() {
      run(base, "", "gpgconf", "--kill", "all");
      rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}
