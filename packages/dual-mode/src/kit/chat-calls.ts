import type { Part } from "../contract/part.ts";
import { CallIds } from "../foreign/call-ids.ts";
import { unreadable } from "../foreign/unreadable.ts";
import type { ChatCallDelta } from "./chat-chunk.ts";
import { PendingCall } from "./pending-call.ts";

/**
 * Assembles the pieces of tool calls. Servers number the calls by an index, name them by an id, do
 * both or neither, or start the index again with each call: a piece is added to the call to which
 * it can belong.
 */
export class ChatCalls {
  readonly #who: string;
  readonly #calls: PendingCall[] = [];
  /** The last call at each index, and the call of each id. */
  readonly #byIndex = new Map<number, PendingCall>();
  readonly #byId = new Map<string, PendingCall>();
  readonly #ids = new CallIds();

  /** @param who The vendor as the subject of a sentence: "Example's API". */
  constructor(who: string) {
    this.#who = who;
  }

  get size(): number {
    return this.#calls.length;
  }

  /** Takes in a piece, and returns the part of its call that can be shown. */
  add(delta: ChatCallDelta): Part | undefined {
    const call = this.#callOf(delta) ?? this.#open(delta);
    call.add(delta);
    if (call.id !== undefined) this.#byId.set(call.id, call);
    const text = call.takeUnshown();
    if (text === undefined) return undefined;
    return { type: "tool-input", id: this.#idOf(call), name: call.name, text };
  }

  /**
   * Returns the complete calls. A last call that was cut at the token limit is left out.
   *
   * @throws {@link DualModeError} `INVALID_OUTPUT`
   */
  whole(cut: boolean): readonly Part[] {
    const last = this.#calls.at(-1);
    const calls = cut && !last?.isWhole ? this.#calls.slice(0, -1) : this.#calls;
    return calls.map((call) => {
      const { name } = call;
      if (name === "") throw unreadable(this.#who, "a tool call without the tool's name");
      return { type: "tool-call", id: this.#idOf(call), name, input: call.input() };
    });
  }

  /** The call that a piece continues; undefined if it begins a new one. */
  #callOf(delta: ChatCallDelta): PendingCall | undefined {
    const { index, id } = delta;
    const named = id === undefined ? undefined : this.#byId.get(id);
    const known = named?.mayBeAt(index) ? named : undefined;
    const call = known ?? this.#lastAt(delta);
    const isOther = known === undefined && id !== undefined && call?.id !== undefined;
    return call?.isFollowedBy(delta, isOther) ? undefined : call;
  }

  #lastAt({ index, id, name }: ChatCallDelta): PendingCall | undefined {
    const here = index === undefined ? undefined : this.#byIndex.get(index);
    const last = this.#calls.at(-1);
    if (here !== undefined || last === undefined) return here;
    // Arguments without an id and a name belong to the last call if it has none yet.
    const isNobodys = id === undefined && name === undefined && last.json === "";
    return isNobodys || last.mayBeAt(index) ? last : undefined;
  }

  #open({ index, id }: ChatCallDelta): PendingCall {
    const call = new PendingCall(index, id);
    this.#calls.push(call);
    if (index !== undefined) this.#byIndex.set(index, call);
    return call;
  }

  #idOf(call: PendingCall): string {
    call.shownId ??= this.#ids.give(call.id);
    return call.shownId;
  }
}
