import { expect, test } from "vitest";
import { commonFailures } from "../../src/failures/common-failures.ts";

test("every row names something that it goes by, in small letters", () => {
  for (const { type, words, status } of commonFailures) {
    expect(type ?? words ?? status).toBeDefined();
    expect([type, words]).toEqual([type?.toLowerCase(), words?.toLowerCase()]);
  }
});
