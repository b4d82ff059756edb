/** The administrative actions that are recorded. */
export type AdminAction =
  | "sign-in"
  | "sign-out"
  | "link"
  | "page"
  | "key-add"
  | "key-revoke"
  | "texts-on";

/**
 * One administrative action, or its refusal. It contains no token and no text of a conversation.
 */
export interface AdminEvent {
  readonly action: AdminAction;
  /**
   * "owner", or the person whom the identity provider named: an e-mail address, else `sub:` and the
   * subject.
   */
  readonly actor: string;
  /** "ok", or the code of the refusal. */
  readonly outcome: string;
  /** The name of the key. */
  readonly name?: string;
  /** What a new key may use. */
  readonly limits?: object;
  /** How many refusals and sign-ins before this one were too many to be recorded. */
  readonly missed?: number;
}

/** Records an action; if it rejects, the action is refused. */
export type Audit = (event: AdminEvent) => Promise<void>;
