import { describe, expect, it, vi } from "vitest";
import { askForModels } from "../../src/kit/ask-for-models.ts";

const { signal } = new AbortController();
const failure = vi.fn((thrown: unknown) => thrown);
const asking = { who: "Example's API", signal, failure };

describe("askForModels", () => {
  it("gives the names of all pages, each asked for by what the one before names", async () => {
    const pages = new Map([
      [undefined, { all: ["b", "a"], next: "second" }],
      ["second", { all: ["c"], next: undefined }],
    ]);
    const page = vi.fn(async (from: string | undefined) => pages.get(from) as never);
    expect(await askForModels({ ...asking, page })).toEqual(["b", "a", "c"]);
    expect(page.mock.calls).toEqual([[undefined], ["second"]]);
  });

  it("takes no model at all for no list", async () => {
    const page = async () => ({ all: [], next: undefined });
    await expect(askForModels({ ...asking, page })).rejects.toMatchObject({
      code: "INVALID_OUTPUT",
      message: expect.stringContaining("Example's API sent an empty list of models"),
    });
  });

  it("asks for no page twice", async () => {
    const page = async (from: string | undefined) => {
      return { all: ["a"], next: from === "second" ? "third" : "second" };
    };
    const asked = askForModels({ ...asking, page: (from) => page(from === "third" ? "x" : from) });
    await expect(asked).rejects.toMatchObject({ code: "INVALID_OUTPUT" });
  });

  it("throws what `failure` makes of what went wrong, and what aborts the call as it is", async () => {
    const broken = new Error("broken");
    const page = () => Promise.reject(broken);
    const told = new Error("told");
    failure.mockReturnValueOnce(told);
    await expect(askForModels({ ...asking, page })).rejects.toBe(told);
    expect(failure).toHaveBeenLastCalledWith(broken);
    const reason = new Error("enough");
    const aborted = { ...asking, signal: AbortSignal.abort(reason) };
    await expect(askForModels({ ...aborted, page })).rejects.toBe(reason);
  });
});
