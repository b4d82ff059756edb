import { createHash } from "node:crypto";
import { chmod, mkdir, readdir } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { describe, expect, it, vi } from "vitest";
import { formsIn } from "../../../test/canary-forms.ts";
import { alone, through, throughServerScene } from "./through-server-scene.ts";

const scene = throughServerScene();
const { listening, auto, serving, socketsFolder } = scene;

// Each test starts some commands, and a server.
vi.setConfig({ testTimeout: 120_000 });

describe("a socket", () => {
  const playedSocket = () => {
    const machine = createHash("sha256").update(hostname()).digest("hex").slice(0, 8);
    return join(socketsFolder(), `${machine}-x.sock`);
  };
  /** Listens as a server of another would, who does not know the token; gives what it is told. */
  async function impostor(answer: object): Promise<{ connections: number; heard: string }> {
    const told = { connections: 0, heard: "" };
    const server = createServer((socket) => {
      told.connections += 1;
      socket.on("error", () => {});
      socket.on("data", (text) => {
        told.heard += text;
        socket.write(`${JSON.stringify(answer)}\n`);
      });
      socket.write(`${JSON.stringify({ nonce: "n" })}\n`);
    });
    listening.push(server);
    await mkdir(socketsFolder(), { recursive: true, mode: 0o700 });
    await new Promise<void>((resolve) => server.listen(playedSocket(), resolve));
    return told;
  }
  const accepted = { accepted: { pid: 1, proof: "p" } };
  const withToken = () => ({ ...auto(), ACC_SERVER_TOKEN: "acc-owner-canary-0123456789" });

  it("of one who does not know the token is told neither that, nor a key, nor the prompt", async () => {
    const told = await impostor(accepted);
    const words = ["chat", "-v", "-p", "claude", "what nobody is to read"];
    const { stdout, stderr } = await scene.home.acc(words, { env: withToken() });
    expect(stdout).toBe("An answer\n");
    expect(stderr).toContain("owner's token that cannot be read here");
    expect(told.connections).toBe(1);
    expect(told.heard).toContain("proof");
    expect(told.heard).not.toMatch(/acc-owner-canary|nobody is to read|127\.0\.0\.1/);
    expect(formsIn(told.heard)).toEqual([]);
  });

  it.each(["720", "702", "755"])("in a folder with rights %s is not looked at", async (rights) => {
    const told = await impostor(accepted);
    await chmod(socketsFolder(), Number.parseInt(rights, 8));
    const { stdout, stderr } = await scene.home.acc(["chat", "-v", "-p", "claude", "hello"], {
      env: withToken(),
    });
    expect(stdout).toBe("An answer\n");
    expect(stderr).toContain(alone(`others can reach or move ${socketsFolder()}`));
    expect(told.connections).toBe(0);
  });

  it("below a folder that others can write to is not looked at", async () => {
    const told = await impostor(accepted);
    await chmod(join(scene.home.path, ".config"), 0o777);
    await scene.home.acc(["chat", "-p", "claude", "hello"], { env: withToken() });
    expect(told.connections).toBe(0);
  });

  it("that says nothing costs two seconds and no answer", async () => {
    let connections = 0;
    const server = createServer(() => {
      connections += 1;
    });
    listening.push(server);
    await mkdir(socketsFolder(), { recursive: true, mode: 0o700 });
    await new Promise<void>((resolve) => server.listen(playedSocket(), resolve));
    const words = ["chat", "-v", "-p", "claude", "hello"];
    const { stdout, stderr } = await scene.home.acc(words, { env: withToken() });
    expect(stdout).toBe("An answer\n");
    expect(stderr).toContain(alone("acc serve did not answer in time"));
    expect(connections).toBe(1);
  });

  it("that says what no acc serve says costs no answer", async () => {
    const told = await impostor({ accepted: { pid: 1, proof: { toString: 1 } } });
    const { stdout } = await scene.home.acc(["chat", "-p", "claude", "hello"], {
      env: withToken(),
    });
    expect([stdout, told.connections]).toEqual(["An answer\n", 1]);
    for (const server of listening.splice(0)) server.close();
    await impostor(5 as unknown as object);
    const words = ["chat", "-v", "-p", "claude", "--no-cache", "hello"];
    const { stderr } = await scene.home.acc(words, { env: withToken() });
    expect(stderr).toContain(alone("the program that listens there is not acc serve"));
  });

  it.each([
    ["no proof", "{}"],
    ["no JSON", "no JSON"],
    ["a wrong proof", '{"proof":"x","nonce":"y","terms":{}}'],
    ["a proof that is not text", '{"proof":{"toString":1}}'],
    ["an introduction that is a list", "[[]]"],
  ])("of acc serve refuses %s, and serves on", async (_, line) => {
    await serving();
    const [name = ""] = await readdir(socketsFolder());
    const socket = connect(join(socketsFolder(), name));
    let heard = "";
    socket.on("data", (text) => {
      heard += text;
    });
    socket.on("error", () => {});
    const ended = new Promise((resolve) => socket.once("close", resolve));
    socket.write(`${line}\n${JSON.stringify({ how: "chat", names: ["claude"], request: "x" })}\n`);
    await ended;
    expect(heard).not.toContain("accepted");
    expect(scene.vendor.requests).toEqual([]);
    const { stderr } = await scene.home.acc(["chat", "-v", "-p", "claude", "hello"], {
      env: auto(),
    });
    expect(stderr).toMatch(through);
  });

  it("of acc serve reads no line without end", async () => {
    await serving();
    const [name = ""] = await readdir(socketsFolder());
    const socket = connect(join(socketsFolder(), name));
    socket.on("error", () => {});
    socket.resume();
    const closed = new Promise((resolve) => socket.once("close", () => resolve("closed")));
    socket.write("x".repeat(1024 * 1024));
    // Who says nothing more is let go after ten seconds in any case.
    expect(await Promise.race([closed, setTimeout(8_000, "open")])).toBe("closed");
    const { stderr } = await scene.home.acc(["chat", "-v", "-p", "claude", "hello"], {
      env: auto(),
    });
    expect(stderr).toMatch(through);
  });
});
