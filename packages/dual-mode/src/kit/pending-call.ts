import type { Members } from "../foreign/guards.ts";
import { JsonExtent } from "../foreign/json-extent.ts";
import { toolInput } from "../foreign/tool-input.ts";
import type { ChatCallDelta } from "./chat-chunk.ts";

/** A tool call of which more pieces may come. */
export class PendingCall {
  /** The vendor's id. */
  id: string | undefined;
  /** The id under which the answer shows the call, once it has. */
  shownId: string | undefined;
  name = "";
  /** The arguments so far. */
  json = "";
  readonly #index: number | undefined;
  #extent = new JsonExtent();
  #unshown = "";
  /** The last piece, if each piece so far repeated the one before it and added to it. */
  #snapshot: string | undefined;

  constructor(index: number | undefined, id: string | undefined) {
    this.#index = index;
    this.id = id;
  }

  /** Whether its arguments are a complete object. */
  get isWhole(): boolean {
    return this.#extent.closed;
  }

  /**
   * Whether a piece with this index can belong to this call; one without an index can belong to
   * any.
   */
  mayBeAt(index: number | undefined): boolean {
    return index === undefined || this.#index === undefined || this.#index === index;
  }

  /**
   * Whether a piece that names a tool begins another call.
   *
   * @param isOther Whether the piece has an id that differs from this call's.
   */
  isFollowedBy({ name, json }: ChatCallDelta, isOther: boolean): boolean {
    if (name === undefined) return false;
    if (isOther) return true;
    if (this.json === "") return false;
    if (this.name !== "" && this.name !== name) return true;
    return this.isWhole && json !== "" && json !== this.json && this.json !== "{}";
  }

  add({ id, name, json }: ChatCallDelta): void {
    if (this.name === "") this.name = name ?? "";
    // A name may come in pieces; more often it is repeated.
    else if (id === undefined && this.json === "" && name !== this.name) this.name += name ?? "";
    this.id ??= id;
    if (json === "" || this.#isSaidAgain(json)) return;
    if (this.json === "{}") this.#beginAnew();
    const goesOn = this.json === "" || (this.#snapshot && json.startsWith(this.#snapshot));
    this.#snapshot = goesOn ? json : undefined;
    this.json += json;
    this.#unshown += json;
    this.#extent.add(json);
  }

  /**
   * Returns the arguments.
   *
   * @throws {@link DualModeError} `INVALID_OUTPUT`
   */
  input(): Members {
    try {
      return toolInput(this.name, this.json);
    } catch (error) {
      // Some servers send all that they have so far, repeatedly, or once at the end.
      if (this.#snapshot === undefined || this.#snapshot === this.json) throw error;
      return toolInput(this.name, this.#snapshot);
    }
  }

  /** Returns the arguments that were not shown yet: none before the tool's name is known. */
  takeUnshown(): string | undefined {
    if (this.name === "" || this.#unshown === "") return undefined;
    const text = this.#unshown;
    this.#unshown = "";
    return text;
  }

  /** Some servers repeat a whole call at the end. */
  #isSaidAgain(json: string): boolean {
    return this.isWhole && json === this.json;
  }

  /** Some servers begin with an empty object, and then send its content. */
  #beginAnew(): void {
    this.json = "";
    this.#extent = new JsonExtent();
  }
}
