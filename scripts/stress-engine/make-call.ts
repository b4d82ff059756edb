import { createClaude } from "@acc/claude";
import { type ClientOptions, DualModeError } from "@acc/dual-mode";

/** Milliseconds that a call may take. */
export const deadline = 10_000;

/** Milliseconds behind the deadline: a process that ignores SIGTERM is killed after two seconds. */
const slack = 3_000;

const cliFailures = [
  "OVERLOADED",
  "SERVER_ERROR",
  "CLI_CRASHED",
  "INVALID_OUTPUT",
  "CONTENT_FILTERED",
  "RATE_LIMITED",
  "HANG",
];

export interface Setting {
  readonly url: string;
  readonly cliPath: string;
  readonly random: () => number;
  /** Milliseconds of the longest call so far. */
  longest: number;
}

/** How a call ended: "right", the code of an error, or, where it should not have ended so, "WRONG …". */
export async function makeCall(number: number, setting: Setting): Promise<string> {
  const { random } = setting;
  const client = createClaude(optionsOf(number, setting));
  const echo = `n-${number}`;
  const started = performance.now();
  const time = { total: deadline, firstPart: 1_500, idle: 1_500 };
  try {
    const asked = { timeout: time };
    const reply = await (random() < 0.5
      ? client.chat(`echo:${echo}`, asked)
      : client.stream(`echo:${echo}`, asked).reply);
    return reply.text === echo ? "right" : `WRONG answer ${reply.text} to ${echo}`;
  } catch (error) {
    if (!DualModeError.is(error)) return `WRONG error ${String(error)}`;
    if (error.attempts.length === 0) return `WRONG ${error.code} without attempts`;
    return error.code;
  } finally {
    const ms = performance.now() - started;
    setting.longest = Math.max(setting.longest, ms);
    await client.close();
    // biome-ignore lint/correctness/noUnsafeFinally: a call that outstays its deadline is wrong, whatever it said.
    if (ms > deadline + slack) return `WRONG time ${Math.round(ms)} ms`;
  }
}

function optionsOf(number: number, { url, cliPath, random }: Setting): ClientOptions {
  const play = random() < 0.2 ? cliFailures[Math.floor(random() * cliFailures.length)] : "";
  return {
    apiKey: `no-key-of-anybody-${number}`,
    baseUrl: url,
    cliPath,
    cli: { env: { PLAY: play ?? "" } },
    prefer: random() < 0.1 ? "cli" : "sdk",
    billing: "key",
    secrets: false,
    cache: false,
    retry: 1,
  };
}
