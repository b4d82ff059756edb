import { type Client, DualModeError } from "@acc/dual-mode";

/** What the CLIs play, in one call of five. */
const failures = ["MUTE", "SEGFAULT", "KILLED", "HALF", "REFUSED", "HANG", "STUBBORN"];
/** What is the same over the calls of a kind: each wants processes of its own. */
const systems = ["Be brief.", "Be kind."];

export interface End {
  /** "right", the code of an error, or, where it should not have ended so, "WRONG …". */
  readonly how: string;
  readonly isWarm: boolean;
}

/** A call of its own text: one in ten is aborted on its way. */
export async function ask(client: Client, number: number, random: () => number): Promise<End> {
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
  const play = random() < 0.2 ? ` play:${pick(failures)}` : "";
  const echo = `n-${number}-x`;
  const request = {
    system: pick(systems),
    messages: [{ role: "user" as const, content: `echo:${echo}${play}` }],
  };
  const stop = new AbortController();
  const timer = random() < 0.1 ? setTimeout(() => stop.abort(), random() * 300) : undefined;
  const asked = { signal: stop.signal, timeout: { total: 60_000, firstPart: 2_500, idle: 2_500 } };
  try {
    const reply = await (random() < 0.5
      ? client.chat(request, asked)
      : client.stream(request, asked).reply);
    const isRight = play === "" && reply.text === echo;
    const how = isRight ? "right" : `WRONG answer ${reply.text} to ${echo}${play}`;
    return { how, isWarm: reply.warm === true };
  } catch (error) {
    if (!DualModeError.is(error)) return { how: `WRONG error ${String(error)}`, isWarm: false };
    const isWarm = error.attempts.some(({ warm }) => warm);
    // A route that may not be taken, as the login's, stands among them too.
    const made = error.attempts.filter(({ credential }) => credential === "option").length;
    const isEnded = error.code === "ABORTED" || error.code === "CLOSED";
    const isRight = made === 1 || (made === 0 && isEnded);
    return { how: isRight ? error.code : `WRONG ${error.code} of ${made} attempts`, isWarm };
  } finally {
    clearTimeout(timer);
  }
}
