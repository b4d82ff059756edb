import { describe, expect, it } from "vitest";
import { defineProvider } from "../../src/client/define-provider.ts";
import type { Part } from "../../src/contract/part.ts";
import { DualModeError } from "../../src/error.ts";
import { testProvider } from "../../src/testing.ts";

type Run = () => AsyncIterable<Part>;

const provider = (run: Run, more: { listModels?: () => Promise<readonly string[]> }) =>
  defineProvider({
    id: "tiny",
    defaultModel: "tiny-1",
    sdk: {
      credentials: ["none"],
      supports: [],
      probe: async () => ({ available: true }),
      run,
      ...more,
    },
  });

const good: Run = async function* () {
  yield { type: "start" };
  yield { type: "text", text: "hel" };
  yield { type: "text", text: "lo" };
  yield { type: "finish", reason: "stop" };
};

function rulesOf(
  run: Run,
  more: { listModels?: () => Promise<readonly string[]> } = {},
): { name: string; check: () => Promise<void> }[] {
  const rules: { name: string; check: () => Promise<void> }[] = [];
  testProvider((name, check) => rules.push({ name, check }), provider(run, more), {
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

  it("fails a provider whose stream does not end as an answer does", async () => {
    const rule = rulesOf(async function* () {
      yield { type: "start" };
      yield { type: "text", text: "hel" };
      yield { type: "finish", reason: "length" };
    })[1];
    await expect(rule?.check()).rejects.toThrow();
  });

  it("passes where each answer is another, as a model's are", async () => {
    let count = 0;
    const rules = rulesOf(async function* () {
      count += 1;
      yield { type: "start" };
      yield { type: "text", text: `answer ${count}` };
      yield { type: "finish", reason: "stop" };
    });
    for (const { check } of rules) await check();
    expect(count).toBe(3);
  });

  it.each([
    ["lists none", async () => []],
    [
      "cannot list them",
      async () => {
        throw new DualModeError("SERVER_ERROR", "It is down.");
      },
    ],
  ])("fails a provider that says it lists models and %s", async (_, listModels) => {
    const rule = rulesOf(good, { listModels }).find(({ name }) => name.includes("models"));
    await expect(rule?.check()).rejects.toThrow();
  });
});
