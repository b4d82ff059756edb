import { describe, expect, it } from "vitest";
import { answer, finish, runPartsScene, whole } from "./run-parts-scene.ts";
import { failureOf } from "./scene.ts";

const { play, scene } = runPartsScene();

describe("a command that stays after its last word", () => {
  // anthropics/claude-code#25629, ccheever/shep#584, nori-cli#28
  it.each(["stay", "deaf"])("and is %s is ended, and its answer kept", async (then) => {
    const started = performance.now();
    expect(await answer(play(whole, then))).toEqual(whole);
    expect(performance.now() - started).toBeLessThan(5_000);
    expect(scene.processes()).toEqual([]);
  });

  it("and goes on talking is ended too", async () => {
    expect(await answer(play(whole, "go-on", ["Bye!", finish]))).toEqual(whole);
  });

  it("and told an error ends with that error", async () => {
    const error = { code: "QUOTA_EXHAUSTED", message: "No credit." };
    const { error: thrown } = await failureOf(play([{ type: "error", error }], "stay"));
    expect(thrown).toMatchObject({ code: "QUOTA_EXHAUSTED", message: "No credit." });
  });

  it("is no success where it ends by itself and says so", async () => {
    expect((await failureOf(play(whole, "3"))).error).toMatchObject({ code: "CLI_CRASHED" });
  });
});
