import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { probeScene } from "./probe-scene.ts";

const scene = probeScene();

// garrytan/gstack#2737: a keychain asks somebody who is not there
it("leaves the login open where nobody hears of it in time", async () => {
  writeFileSync(join(scene.folder, ".claude.json"), "{}");
  const found = await scene.look({ auth: "stays" });
  expect(found).toMatchObject({ available: true, version: "2.1.330" });
  expect(found).not.toHaveProperty("login");
});
