import { lstat, mkdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { key, ownProvidersScene } from "./own-providers-scene.ts";

const scene = ownProvidersScene();
const { settings, work, add } = scene;

describe("the config file", () => {
  it("keeps its comments, its rights and the link that it is", async () => {
    const real = join(scene.home.path, "dotfiles.json");
    const text = '{\n  // mine\n  "model": "x", // and this\n}\n';
    await writeFile(real, text, { mode: 0o640 });
    await mkdir(join(scene.home.path, ".config/acc"), { recursive: true });
    await symlink(real, scene.config);
    expect((await add(...work())).code).toBe(0);
    expect((await lstat(scene.config)).isSymbolicLink()).toBe(true);
    expect((await stat(real)).mode & 0o777).toBe(0o640);
    const after = await readFile(real, "utf8");
    expect(after).toContain("// mine");
    expect(after).toContain("// and this");
    expect((await scene.home.acc(["providers", "remove", "work"])).code).toBe(0);
    expect(await readFile(real, "utf8")).toContain("// and this");
  });

  it.each([
    ['{ "providers": { "W": {} } }', /1:18: "W" must be lower-case/],
    ['{ "providers": [] }', /"providers" must be an object/],
    ['{ "providers": { "w": {} } }', /needs "compatible": "openai", or "like"/],
    ['{ "providers": { "w": { "compatible": "openai" } } }', /needs "baseUrl"/],
    ['{ "providers": { "w": { "compatible": "olama" } } }', /did you mean "ollama"\?/],
    ['{ "providers": { "w": { "like": "claud" } } }', /did you mean "claude"\?/],
    [
      '{ "providers": { "w": { "like": "claude", "modle": "x" } } }',
      /1:43: .*did you mean "model"\?/,
    ],
    ['{ "providers": { "w": { "like": "claude", "headers": {} } } }', /no member "headers"/],
    ['{ "providers": { "claude": { "like": "gemini" } } }', /give this one another/],
    ['{ "providers": { "w": { "like": "claude", "compatible": "openai" } } }', /has both/],
    ['{ "provider": "w" }', /"provider" must be one of claude/],
    [`{ "providers": { "w": { "like": "claude", "key": "sk-${"a1".repeat(9)}" } } }`, /and no key/],
    [`{ "providers": { "w": { "like": "claude", "key": "${"a1".repeat(16)}" } } }`, /and no key/],
    [
      '{ "providers": { "ollama": { "headers": { "Authorization": "Bearer x1y2" } } } }',
      /keyHeader/,
    ],
  ])("is refused with its place: %s", async (text, message) => {
    await settings(text);
    const { code, stdout, stderr } = await scene.home.acc(["chat", "-p", "claude", "hi"]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(message);
    expect(stderr).toContain(`${scene.config}:1:`);
    expect(stderr).not.toMatch(/(a1){4}|x1y2/);
  });

  it("names its place where the core refuses an option", async () => {
    await settings('{ "providers": { "w": { "like": "claude", "timeout": "soon" } } }');
    const { code, stderr } = await scene.home.acc(["chat", "-p", "w", "hi"]);
    expect(code).toBe(2);
    expect(stderr).toContain(`"providers.w" in ${scene.config}: options.timeout must be`);
  });

  it("hides none of acc's own providers from doctor where it cannot be read", async () => {
    await settings('{ "providers": 1 }');
    const { code, stdout } = await scene.home.acc(["doctor", "--json"], {
      env: { GROQ_API_KEY: key },
    });
    const { providers, findings } = JSON.parse(stdout);
    expect(code).toBe(1);
    expect(providers).toContainEqual(
      expect.objectContaining({ provider: "groq", keys: [{ source: "env:GROQ_API_KEY" }] }),
    );
    expect(findings).toContainEqual(expect.objectContaining({ code: "INVALID_FILE" }));
  });
});
