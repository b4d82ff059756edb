/** What of a server's administration is written down. */
export type AdminAction =
  | "sign-in"
  | "sign-out"
  | "link"
  | "page"
  | "key-add"
  | "key-revoke"
  | "texts-on";

/** One administrative act, or its refusal. It holds no token and nothing of what was said. */
export interface AdminEvent {
  readonly action: AdminAction;
  /** "owner", or whom the identity provider named: an e-mail address, else `sub:` and its subject. */
  readonly actor: string;
  /** "ok", or the code of the refusal. */
  readonly outcome: string;
  /** The key. */
  readonly name?: string;
  /** What a new key may use. */
  readonly limits?: object;
  /** Refusals and sign-ins before it that were too many to be written down. */
  readonly missed?: number;
}

/** Writes an act down; where it rejects, the act is refused. */
export type Audit = (event: AdminEvent) => Promise<void>;
