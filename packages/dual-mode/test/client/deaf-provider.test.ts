import { describe, expect, it } from "vitest";
import { hangs, scripted } from "../scripted-provider.ts";

describe("chat", () => {
  it("is bounded even where a provider does not listen to its signal", async () => {
    const deaf = async function* () {
      yield { type: "start" };
      await new Promise(() => {});
    };
    const { client } = scripted({ sdk: { scripts: [deaf as never] } }, { retry: 0 });
    await expect(client.chat("hi", { timeout: 30 })).rejects.toMatchObject({
      code: "DEADLINE_EXCEEDED",
    });
  }, 15_000);
});

it("a reader that leaves while it waits for a part ends the provider's work", async () => {
  let ended = false;
  const { client } = scripted({
    sdk: {
      scripts: [
        async function* (request, context) {
          context.signal.addEventListener("abort", () => {
            ended = true;
          });
          yield* hangs([{ type: "start" }, { type: "text", text: "a" }])(request, context);
        },
      ],
    },
  });
  const reader = client.stream("hi")[Symbol.asyncIterator]();
  await reader.next();
  await reader.next();
  const pending = expect(reader.next()).rejects.toMatchObject({ code: "ABORTED" });
  await reader.return?.();
  await pending;
  expect(ended).toBe(true);
});
