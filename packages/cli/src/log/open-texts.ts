import type { SecretsManager } from "@acc/secrets";
import { Failure } from "../failure.ts";
import { besideOf } from "./conversation-log.ts";
import type { StoredConversation } from "./read-log.ts";
import { type OpeningKey, open, readKey, sealedTo } from "./seal.ts";
import { secretName } from "./sealing-key.ts";
import type { StoredTurn, TurnFacts, TurnTexts } from "./turn.ts";

/** A turn, with its texts if they were saved and can be read. */
export interface OpenTurn {
  readonly facts: TurnFacts;
  readonly texts?: TurnTexts;
  /** Why the texts cannot be read. */
  readonly closed?: string;
}

/** A conversation with all of its texts that can be read. */
export interface OpenConversation extends Omit<StoredConversation, "turns"> {
  readonly turns: readonly OpenTurn[];
}

/** Opens texts with the keys of one store. */
export class TextOpener {
  readonly #store: SecretsManager | undefined;
  readonly #keys = new Map<string, Promise<OpeningKey | undefined>>();

  /** Without a store, no text is opened. */
  constructor(store: SecretsManager | undefined) {
    this.#store = store;
  }

  async conversation({ turns, ...rest }: StoredConversation): Promise<OpenConversation> {
    return { ...rest, turns: await Promise.all(turns.map((turn) => this.turn(rest.id, turn))) };
  }

  async turn(conversation: string, { facts, sealed }: StoredTurn): Promise<OpenTurn> {
    if (sealed === undefined) return { facts, closed: "not kept" };
    const id = sealedTo(sealed);
    const key = await this.#key(id);
    if (key === undefined)
      return { facts, closed: `the secret ${secretName({ id })} is not there` };
    try {
      return { facts, texts: JSON.parse(open(key, sealed, besideOf(conversation, facts))) };
    } catch {
      return { facts, closed: "damaged" };
    }
  }

  #key(id: string): Promise<OpeningKey | undefined> {
    const known = this.#keys.get(id) ?? this.#load(id);
    this.#keys.set(id, known);
    return known;
  }

  async #load(id: string): Promise<OpeningKey | undefined> {
    if (!/^[0-9a-f]{8}$/.test(id)) return undefined;
    const secret = await this.#store?.get(secretName({ id }));
    return secret && readKey(secret.reveal());
  }
}

/** @throws Failure if the texts cannot be read */
export function textsOf({ facts, texts, closed }: OpenTurn, conversation: string): TurnTexts {
  if (texts !== undefined) return texts;
  throw new Failure(
    "TEXTS_UNAVAILABLE",
    `The texts of the conversation ${conversation} cannot be read: ${closed} (turn ${facts.id}).`,
    closed === "not kept"
      ? "Texts are kept where a secrets store can encrypt them: acc log init"
      : "Open the store that has its key: ACC_SECRETS_DIR, or another by --unlock.",
  );
}
