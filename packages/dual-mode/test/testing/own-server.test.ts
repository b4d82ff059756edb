import { describe, expect, it } from "vitest";
import { defineProvider } from "../../src/client/define-provider.ts";
import type { Part } from "../../src/contract/part.ts";
import { testProvider } from "../../src/testing.ts";

type Run = () => AsyncIterable<Part>;

const provider = (run: Run) =>
  defineProvider({
    id: "tiny",
    defaultModel: "tiny-1",
    sdk: {
      credentials: ["none"],
      supports: [],
      probe: async () => ({ available: true }),
      run,
    },
  });

const good: Run = async function* () {
  yield { type: "start" };
  yield { type: "text", text: "hel" };
  yield { type: "text", text: "lo" };
  yield { type: "finish", reason: "stop" };
};

function rulesOf(run: Run): { name: string; check: () => Promise<void> }[] {
  const rules: { name: string; check: () => Promise<void> }[] = [];
  testProvider((name, check) => rules.push({ name, check }), provider(run), {
    mode: "sdk",
    options: { secrets: false },
  });
  return rules;
}

describe("testProvider, where the author brings the server", () => {
  for (const { name, check } of rulesOf(good)) it(`passes: ${name}`, check);

  it("fails a provider whose answer is empty", async () => {
    const [rule] = rulesOf(async function* () {
      yield { type: "start" };
      yield { type: "finish", reason: "stop" };
    });
    await expect(rule?.check()).rejects.toThrow();
  });

  it("fails a provider whose stream says something else than its chat", async () => {
    let count = 0;
    const rule = rulesOf(async function* () {
      count += 1;
      yield { type: "start" };
      yield { type: "text", text: `answer ${count}` };
      yield { type: "finish", reason: "stop" };
    })[1];
    await expect(rule?.check()).rejects.toThrow();
  });
});
