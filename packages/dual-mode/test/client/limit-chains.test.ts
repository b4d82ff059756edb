import { describe, expect, it } from "vitest";
import { chain } from "../../src/client/chain.ts";
import { DualModeError } from "../../src/error.ts";
import { fails, type Script, says } from "../scripted-provider.ts";
import { settled } from "../settled.ts";
import { eachTestOnPlayedTime, limit, limited, ready } from "./pace-scene.ts";

eachTestOnPlayedTime();

describe("a chain", () => {
  const both = async (first: Script[], second: Script[]) => {
    const scenes = [
      await ready({ sdk: { scripts: first } }),
      await ready({ sdk: { scripts: second } }),
    ];
    return { scenes, client: chain(scenes.map(({ client }) => client)) };
  };
  const fiveMinutes = fails(limit({ retryAfter: 300_000 }));

  it("asks the next provider before it waits for a limit (diegosouzapw/OmniRoute#495)", async () => {
    const { client } = await both([fiveMinutes], [says("next")]);
    const started = performance.now();
    const [end] = await settled([client.chat("hi")]);
    expect(end).toMatchObject({ value: { text: "next", fallback: true } });
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  it("waits for the limit where no other provider answers", async () => {
    const broken = fails(new DualModeError("AUTHENTICATION_FAILED", "No such key."));
    const { client } = await both([fails(limit({ retryAfter: 2_000 })), says("late")], [broken]);
    const [chatted, streamed] = [await settled([client.chat("hi")]), client.stream("again")];
    expect(chatted).toMatchObject([{ value: { text: "late" } }]);
    expect((await settled([streamed.reply as Promise<never>]))[0]).toMatchObject({
      value: { text: "late" },
    });
  });

  it("loses no call where all its providers have limits", async () => {
    const { client } = await both([limited()], [limited()]);
    const calls = Array.from({ length: 200 }, (_, number) => client.chat(`hi ${number}`));
    const ends = await settled(calls);
    expect(ends.filter(({ status }) => status === "fulfilled")).toHaveLength(200);
  });

  it("of one provider loses none either", async () => {
    const { client } = await ready({ sdk: { scripts: [limited()] } });
    const calls = Array.from({ length: 200 }, (_, number) => chain([client]).chat(`hi ${number}`));
    const ends = await settled(calls);
    expect(ends.filter(({ status }) => status === "fulfilled")).toHaveLength(200);
  });

  it("waits at each where its caller wants that", async () => {
    const { client } = await both(
      [fails(limit({ retryAfter: 100 })), says("first")],
      [says("next")],
    );
    const [end] = await settled([client.chat("hi", { waitForLimits: true })]);
    expect(end).toMatchObject({ value: { text: "first" } });
  });
});
