import { expect, it } from "vitest";
import { printable as ofAcc } from "../packages/cli/src/output/printable.ts";
import { printable as ofCreate } from "../packages/create-acc-provider/src/printable.ts";
import { printable as ofCore } from "../packages/dual-mode/src/printable.ts";

// Each package has its own, for none is a dependency of all that print.
it.each([
  ["acc", ofAcc],
  ["a provider's command", ofCore],
  ["create-acc-provider", ofCreate],
])("%s shows every control character but tab and line feed as an escape", (_, printable) => {
  const shown = Array.from({ length: 256 }, (_, code) => printable(String.fromCharCode(code)));
  const kept = shown.flatMap((text, code) => (text === String.fromCharCode(code) ? [code] : []));
  const control = (code: number) => code < 0x20 || (code >= 0x7f && code <= 0x9f);
  expect(kept.filter(control)).toEqual([9, 10]);
  expect(kept).toHaveLength(256 - 65 + 2);
  expect(shown[0x1b]).toBe("\\x1b");
  expect(shown[0x9b]).toBe("\\x9b");
});
