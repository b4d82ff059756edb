import { expect, test } from "vitest";
import { type Caller, createAccess, fileBudgets, fileKeys, pageKeys } from "../../src/index.ts";
import { temporaryFolder } from "../support/temporary.ts";

test("the page makes keys, sees what they have used, and takes them away", async () => {
  const folder = temporaryFolder();
  const keys = fileKeys(`${folder}/keys`);
  const budgets = fileBudgets(`${folder}/budgets`);
  const access = createAccess({ keys, budgets, prices: { m: { input: 1, output: 1 } } });
  const page = pageKeys(keys, access);
  const expires = Date.now() + 1e6;
  const ask = { name: "a", rpm: 9, tpm: 900, budget: { usd: 1, per: "day" }, expires } as const;
  const { token } = await page.add(ask);
  const caller = (await access.identify(token)) as Caller;
  const models = [{ provider: "p", model: "m" }];
  const call = await access.reserve(caller, { models, inputTokens: 100, maxOutputTokens: 100 });
  const [view] = await page.list();
  expect(view).toMatchObject({ ...ask, used: { calls: 1, tokens: 100, usd: 0.0002 } });
  expect(JSON.stringify(view)).not.toMatch(/hash|handle/);
  if ("settle" in call) await call.settle({ cached: true });
  expect((await page.list())[0]?.used).toEqual({ calls: 1, tokens: 0, usd: 0 });
  await expect(page.add({ name: "no good" })).rejects.toMatchObject({ code: "INVALID_OPTION" });
  expect([await page.revoke("a"), await page.revoke("a")]).toEqual([true, false]);
  expect(await page.list()).toEqual([]);
  await access.close();
});
