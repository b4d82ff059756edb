import { linkSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { isMissing } from "./file-error.ts";
import { isDead, newIdentity, type ProcessIdentity } from "./process-identity.ts";

const withoutLinks: ReadonlySet<string> = new Set(["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"]);

/**
 * A lock as a file that names its owner. It is made whole by link(2). The record of a dead owner
 * is replaced by the one process that links a claim on its nonce first; a claimer that died is
 * succeeded in the same way. An owner elsewhere, which may be alive, is never replaced.
 */
export class OwnerRecord {
  readonly #path: string;
  readonly #identity: ProcessIdentity = newIdentity();
  readonly #draft: string;

  constructor(path: string) {
    this.#path = path;
    this.#draft = `${path}.${this.#identity.pid}-${this.#identity.nonce}`;
  }

  /** True when the record is ours now. */
  tryTake(): boolean {
    if (this.#linkTo(this.#path)) return this.#taken();
    const owner = read(this.#path);
    return owner !== undefined && this.#succeed(owner) && this.#taken();
  }

  release(): void {
    if (read(this.#path)?.nonce === this.#identity.nonce) rmSync(this.#path, { force: true });
    this.abandon();
  }

  /** Gives up waiting. */
  abandon(): void {
    rmSync(this.#draft, { force: true });
  }

  #taken(): true {
    this.abandon();
    this.#sweep();
    return true;
  }

  #succeed(owner: ProcessIdentity): boolean {
    let last = owner;
    while (isDead(last)) {
      const claim = `${this.#path}.claim-${last.nonce}`;
      if (this.#linkTo(claim)) return this.#replace(owner, claim);
      const heir = read(claim);
      if (!heir) return false;
      last = heir;
    }
    return false;
  }

  /** Claims are swept only after the record changed, so a late claim finds another nonce here. */
  #replace(owner: ProcessIdentity, claim: string): boolean {
    if (read(this.#path)?.nonce !== owner.nonce) {
      rmSync(claim, { force: true });
      return false;
    }
    renameSync(this.#draft, this.#path);
    return true;
  }

  #linkTo(path: string): boolean {
    try {
      linkSync(this.#draft, path);
      return true;
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? "";
      if (code === "EEXIST") return false;
      if (withoutLinks.has(code)) return this.#create(path);
      if (!isMissing(error)) throw error;
      writeFileSync(this.#draft, this.#text(), { mode: 0o600 });
      return this.#linkTo(path);
    }
  }

  /** Where there are no links: a writer that dies in here leaves a lock that nobody takes. */
  #create(path: string): boolean {
    try {
      writeFileSync(path, this.#text(), { mode: 0o600, flag: "wx" });
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
      throw error;
    }
  }

  #text(): string {
    return JSON.stringify(this.#identity);
  }

  /** As the owner: claims on what is no longer there, and drafts of the dead. */
  #sweep(): void {
    const folder = dirname(this.#path);
    const prefix = `${basename(this.#path)}.`;
    for (const name of readdirSync(folder)) {
      if (!name.startsWith(prefix)) continue;
      const other = read(join(folder, name));
      if (!other || isDead(other) || name.startsWith(`${prefix}claim-`)) {
        rmSync(join(folder, name), { force: true });
      }
    }
  }
}

function read(path: string): ProcessIdentity | undefined {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as ProcessIdentity;
  } catch (error) {
    if (isMissing(error) || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
