import {
  linkSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { isMissing } from "./file-error.ts";
import { isLocalFolder } from "./local-file-system.ts";
import { isDead, newIdentity, type ProcessIdentity, parseIdentity } from "./process-identity.ts";

/**
 * A record that has been empty or incomplete for this long, in milliseconds, was left by a crash:
 * on a file system without links a record is written in a single call.
 */
const cutFor = 500;

/** A record as it was read. An incomplete one has no identity, and a nonce made from its file. */
interface Found {
  readonly nonce: string;
  readonly identity?: ProcessIdentity;
}

/**
 * A lock in the form of a file that names its owner. The file appears complete, through link(2).
 * The record of a dead owner is replaced by the one process that first links a claim on its nonce;
 * the claim of a process that died is taken over in the same way. The record of an owner that
 * cannot be looked up from here, and may be alive, is never replaced.
 */
export class OwnerRecord {
  readonly #path: string;
  readonly #identity: ProcessIdentity;
  readonly #draft: string;
  /** When an incomplete record was first seen, by its nonce. */
  readonly #cutSince = new Map<string, number>();

  /** `lockedAt` is the byte whose kernel lock this process also holds. */
  constructor(path: string, lockedAt?: number) {
    this.#path = path;
    this.#identity = newIdentity(lockedAt);
    this.#draft = `${path}.${this.#identity.pid}-${this.#identity.nonce}`;
  }

  /** Returns true if this process now owns the record. */
  tryTake(): boolean {
    if (this.#linkTo(this.#path)) return this.#taken();
    const owner = look(this.#path);
    return owner !== undefined && this.#succeed(owner) && this.#taken();
  }

  release(): void {
    if (look(this.#path)?.nonce === this.#identity.nonce) rmSync(this.#path, { force: true });
    this.abandon();
  }

  /** Stops waiting for the record. */
  abandon(): void {
    rmSync(this.#draft, { force: true });
  }

  #taken(): true {
    this.abandon();
    this.#sweep();
    return true;
  }

  #succeed(owner: Found): boolean {
    let last = owner;
    while (this.#isGone(last)) {
      const claim = `${this.#path}.claim-${last.nonce}`;
      if (this.#linkTo(claim)) return this.#replace(owner, claim);
      const heir = look(claim);
      if (!heir) return false;
      last = heir;
    }
    return false;
  }

  #isGone({ identity, nonce }: Found): boolean {
    if (identity) return isDead(identity, this.#isLockFree);
    const since = this.#cutSince.get(nonce) ?? performance.now();
    this.#cutSince.set(nonce, since);
    return performance.now() - since >= cutFor;
  }

  /**
   * The owner of the record held the kernel lock that this process now holds. If one kernel knows
   * both, the owner is dead.
   */
  readonly #isLockFree = (_owner: ProcessIdentity, isSameBoot: boolean): boolean | undefined => {
    if (this.#identity.lockedAt === undefined) return undefined;
    return isSameBoot || isLocalFolder(dirname(this.#path)) ? true : undefined;
  };

  /**
   * Claims are removed only after the record has changed, so a late claimant finds another nonce
   * here.
   */
  #replace(owner: Found, claim: string): boolean {
    if (look(this.#path)?.nonce !== owner.nonce) {
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
      if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
      if (!isMissing(error)) return this.#create(path);
      writeFileSync(this.#draft, this.#text(), { mode: 0o600 });
      return this.#linkTo(path);
    }
  }

  /**
   * Writes the record on a file system without links. A process that dies during the write leaves
   * an incomplete record.
   */
  #create(path: string): boolean {
    try {
      writeFileSync(path, this.#text(), { mode: 0o600, flag: "wx" });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
      throw error;
    }
    return look(path)?.nonce === this.#identity.nonce;
  }

  #text(): string {
    return JSON.stringify(this.#identity);
  }

  /** Removes, as the owner, the claims on earlier records and the drafts of dead processes. */
  #sweep(): void {
    const folder = dirname(this.#path);
    const prefix = `${basename(this.#path)}.`;
    for (const name of readdirSync(folder)) {
      if (!name.startsWith(prefix)) continue;
      const other = look(join(folder, name))?.identity;
      if (!other || isDead(other, this.#isLockFree) || name.startsWith(`${prefix}claim-`)) {
        rmSync(join(folder, name), { force: true });
      }
    }
  }
}

function look(path: string): Found | undefined {
  try {
    const identity = parseIdentity(readFileSync(path, "utf8"));
    if (identity) return { nonce: identity.nonce, identity };
    const { ino, ctimeMs } = statSync(path);
    return { nonce: `cut-${ino}-${ctimeMs}` };
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
