import type { Send } from "@acc/cache";

/**
 * A cell is a hash with a text and its version. The script replaces the text if the version is still
 * the one that the caller has seen; otherwise it returns the current text. In both cases it returns
 * the time of Redis. It is sent whole each time (EVAL), because a Redis that was restarted, or a
 * proxy, does not know a script by its hash.
 *
 * KEYS: cell. ARGV: version seen, and to replace the text: new version, text, lifetime in ms.
 */
const script = `
local version = redis.call("HGET", KEYS[1], "version") or ""
local text = ""
local same = 0
if version == ARGV[1] then
  same = 1
  if ARGV[2] then
    redis.call("HSET", KEYS[1], "version", ARGV[2], "text", ARGV[3])
    redis.call("PEXPIRE", KEYS[1], ARGV[4])
  end
else
  text = redis.call("HGET", KEYS[1], "text") or ""
end
local time = redis.call("TIME")
return {same, version, text, time[1], time[2]}`;

/** The new text of a cell. */
export interface Replacement {
  readonly text: string;
  /** The lifetime in ms. */
  readonly life: number;
}

/**
 * Receives the time of Redis in ms, and when it was asked for and received, by `performance.now()`.
 */
export type OnTime = (time: number, asked: number, answered: number) => void;

/** A text in Redis that many machines change, each as if it were alone. */
export class RedisCell {
  readonly #send: Send;
  readonly #key: string;
  readonly #onTime: OnTime;
  #version = "";
  #text = "";
  #isKnown = false;

  constructor(send: Send, key: string, onTime: OnTime) {
    this.#send = send;
    this.#key = key;
    this.#onTime = onTime;
  }

  /**
   * Changes the text, and returns it as it is then. `change` is called again if another machine was
   * faster; it is never called before Redis has sent its time.
   */
  async update(change: (text: string) => Replacement | undefined): Promise<string> {
    for (;;) {
      const wanted = this.#isKnown ? change(this.#text) : undefined;
      const isSame = await this.#exchange(wanted);
      if (isSame && this.#isKnown) return this.#text;
      this.#isKnown = true;
      if (!isSame && wanted === undefined && change(this.#text) === undefined) return this.#text;
    }
  }

  async #exchange(wanted: Replacement | undefined): Promise<boolean> {
    const version = process.getBuiltinModule("node:crypto").randomBytes(9).toString("base64url");
    const more = wanted ? [version, wanted.text, String(Math.ceil(wanted.life))] : [];
    const asked = performance.now();
    const answer = await this.#send("EVAL", script, "1", this.#key, this.#version, ...more);
    const [same, found, text, seconds, micros] = (answer as readonly unknown[]).map(String);
    this.#onTime(Number(seconds) * 1_000 + Number(micros) / 1_000, asked, performance.now());
    if (same !== "1") {
      this.#version = found ?? "";
      this.#text = text ?? "";
    } else if (wanted) {
      this.#version = version;
      this.#text = wanted.text;
    }
    return same === "1";
  }
}
