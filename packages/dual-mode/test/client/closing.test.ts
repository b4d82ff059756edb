import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { chain } from "../../src/client/chain.ts";
import { hangs, says, scripted } from "../scripted-provider.ts";

const script = fileURLToPath(new URL("../fixtures/callers/forget-to-close.mjs", import.meta.url));

it("an idle client that nobody closed does not keep Node alive", async () => {
  const directory = await mkdtemp(join(tmpdir(), "acc-idle-"));
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [script, directory], {
      env: { HOME: directory, PATH: process.env.PATH },
      timeout: 10_000,
    });
    expect(stdout).toBe("ok");
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
});

it("close waits until what is in flight has been wound up", async () => {
  let wound = false;
  let begin = () => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const { client } = scripted({
    sdk: {
      scripts: [
        async function* (request, context) {
          try {
            begin();
            yield* hangs([{ type: "start" }])(request, context);
          } finally {
            await new Promise((resolve) => setTimeout(resolve, 50));
            wound = true;
          }
        },
      ],
    },
  });
  const call = client.chat("hi").catch(({ code }) => code);
  await begun;
  await client.close();
  expect(wound).toBe(true);
  expect(await call).toBe("CLOSED");
});

it("close twice, and await using, end a client", async () => {
  const { client } = scripted({ sdk: { scripts: [says("ok")] } });
  {
    await using used = client;
    expect((await used.chat("hi")).text).toBe("ok");
  }
  await client.close();
  await expect(client.chat("hi")).rejects.toMatchObject({ code: "CLOSED" });
  await expect(client.stream("hi").reply).rejects.toMatchObject({ code: "CLOSED" });
});

it("two closes, a chain of the same client twice, and a close inside the loop all end", async () => {
  const open = () =>
    scripted({ sdk: { scripts: [hangs([{ type: "start" }, { type: "text", text: "a" }])] } });
  const first = open().client;
  const call = first.chat("hi").catch(({ code }) => code);
  await Promise.all([first.close(), first.close(), chain([first, first]).close()]);
  expect(await call).toBe("CLOSED");
  const second = open().client;
  const read = async () => {
    for await (const _ of second.stream("hi")) await second.close();
  };
  await expect(read()).rejects.toMatchObject({ code: "CLOSED", attempts: [{ code: "CLOSED" }] });
});

it("a stream whose reader has stopped does not hold close up", async () => {
  const { client } = scripted({ sdk: { scripts: [says("several pieces of text")] } });
  const stream = client.stream("hi");
  const reader = stream[Symbol.asyncIterator]();
  await reader.next();
  await client.close();
  await expect(reader.next()).rejects.toMatchObject({ code: "CLOSED" });
  await expect(stream.reply).rejects.toMatchObject({ code: "CLOSED" });
});
