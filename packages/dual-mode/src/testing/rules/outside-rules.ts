import { equal, ok } from "node:assert/strict";
import { dirname } from "node:path";
import { hostOf } from "../../cli/run-record.ts";
import type { ChatRequest } from "../../contract/request.ts";
import { DualModeError } from "../../error.ts";
import { paused, whole } from "../plays.ts";
import type { Ground, Rule } from "../rule.ts";
import { waitFor } from "../wait-for.ts";

const turn = (role: "user" | "assistant", content: string) => ({ role, content }) as const;

/** Requests with texts that are as private as the prompt itself; a mode need not support them. */
const asked: readonly ChatRequest[] = [
  { system: "marked-secret-system", messages: [turn("user", "Hello")] },
  {
    messages: [
      turn("user", "marked-secret-question"),
      turn("assistant", "marked-secret-answer"),
      turn("user", "Hello"),
    ],
  },
];

/** Rules that protect against other users of the machine, and against the end of the host. */
export const outsideRules: readonly Rule[] = [
  {
    name: "neither system prompt nor earlier turns are in the address or the arguments",
    purpose: "Whoever lists the processes, or reads the log of a proxy, would read them.",
    check: async ({ stage, client }) => {
      for (const request of asked) {
        stage.play(whole(stage));
        await unlessUnsupported(client().chat(request));
      }
      const exposed = stage.sent().map((each) => each.exposed);
      ok(!exposed.join("\n").includes("marked-secret"), "What is asked is there.");
    },
  },
  {
    name: "an answer that repeats the key says so: SECRET_IN_ANSWER",
    purpose: "A user must learn of a key that came back, before the answer is passed on or kept.",
    check: async ({ stage, client, key }) => {
      stage.play(whole(stage, { texts: ["Your key is ", key] }));
      const { warnings } = await client().chat("Hello");
      const given = stage.sent().flatMap(({ surroundings }) => Object.values(surroundings));
      const known = given.some((value) => value.includes(key));
      const told = warnings.some(({ code }) => code === "SECRET_IN_ANSWER");
      ok(!known || told, "The key came back, and no warning did.");
    },
  },
  {
    name: "a command's run tells whose it is, for the end of its host",
    purpose: "A command whose host was killed must be ended, and its prompts removed.",
    mode: "cli",
    check: toldHost,
  },
];

async function toldHost({ stage, client }: Ground): Promise<void> {
  stage.play(paused(stage));
  const call = client().chat("Hello");
  call.catch(() => {});
  await waitFor("The command was not run.", () => stage.sent().length > 0);
  const temp = stage.sent()[0]?.surroundings.TMPDIR ?? stage.sent()[0]?.surroundings.TEMP ?? "";
  const host = hostOf(dirname(temp));
  stage.release();
  await call;
  equal(host?.pid, process.pid, "Its folder names no host: it was not run by the kit.");
}

async function unlessUnsupported(call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (!DualModeError.is(error) || error.code !== "UNSUPPORTED_FEATURE") throw error;
  }
}
