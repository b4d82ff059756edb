import { cpSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { plays } from "../../scripts/vendor-answers.ts";
import { canUnshare, inNamespace } from "./mount-namespace.ts";
import { callsIn, textsIn } from "./received.ts";
import { Scene } from "./scene.ts";
import { canary } from "./strays.ts";
import { clis } from "./targets.ts";
import { type Files, writeFiles } from "./used-home.ts";

const scene = new Scene();
const skill = `---\nname: planted\ndescription: ${canary}\n---\n${canary}\n`;
/** What Codex would take for a project's own, above the folder that it runs in. */
const project = {
  ".git/HEAD": "ref: refs/heads/main\n",
  "AGENTS.md": canary,
  ".agents/skills/planted/SKILL.md": skill,
  ".codex/skills/planted/SKILL.md": skill,
  ".codex/config.toml": `developer_instructions = "${canary}"\n`,
};

describe.each(clis.filter(({ vendor }) => vendor === "openai"))("$name", (target) => {
  const textsOf = (body: string | undefined) => textsIn(JSON.parse(body ?? "{}"));

  it("sends nothing of a project that its folder is in", async () => {
    writeFiles(tmpdir(), project);
    const server = await scene.serve(plays("openai", "ok"));
    await using client = scene.open(target, server.url);
    await client.chat("Use $planted, please.");
    expect(textsOf(callsIn(server.requests)[0]?.body)).toContain("Use $planted, please.");
    for (const name of Object.keys(project)) {
      rmSync(join(tmpdir(), name.split("/")[0] ?? name), { recursive: true, force: true });
    }
  });

  it("takes the character NUL, and 300 KB of a name in each line", async () => {
    const prompt = `a\0b ${"$stray @package.json\n".repeat(15_000)}.`;
    const server = await scene.serve(plays("openai", "ok"));
    await using client = scene.open(target, server.url);
    await client.chat(prompt);
    expect(textsOf(callsIn(server.requests)[0]?.body)).toContain(prompt);
  });

  it("sends the system prompt as it is, and no other", async () => {
    const server = await scene.serve(plays("openai", "ok"));
    await using client = scene.open(target, server.url);
    await client.chat({ system: "Be brief.", messages: [{ role: "user", content: "Hello" }] });
    const body = JSON.parse(callsIn(server.requests)[0]?.body ?? "{}");
    const texts = textsIn({ instructions: body.instructions, input: body.input });
    const words = texts.filter((text) => text.includes(" ") || text.length > 40);
    expect(words).toEqual(["Be brief."]);
  });

  it("sends an image as it is", async () => {
    const data =
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    const server = await scene.serve(plays("openai", "ok"));
    await using client = scene.open(target, server.url);
    const image = { type: "image", mediaType: "image/png", data } as const;
    const content = [{ type: "text", text: "What is this?" } as const, image];
    await client.chat({ messages: [{ role: "user", content }] });
    expect(textsOf(callsIn(server.requests)[0]?.body)).toContain(`data:image/png;base64,${data}`);
  });

  describe.skipIf(!canUnshare)("where the machine has a configuration of its own", () => {
    /** The command, for which /etc/codex has these files. */
    function where(files: Files) {
      const etc = join(scene.own, "etc");
      cpSync("/etc", etc, { recursive: true, verbatimSymlinks: true });
      writeFiles(join(etc, "codex"), files);
      return { ...target, command: inNamespace(scene.own, { "/etc": etc }, target.command) };
    }

    it("sends nothing of its skills, instructions and rules", async () => {
      const planted = where({
        "skills/planted/SKILL.md": skill,
        "AGENTS.md": canary,
        "rules/default.rules": `# ${canary}\n`,
        "prompts/planted.md": canary,
      });
      const server = await scene.serve(plays("openai", "ok"));
      await using client = scene.open(planted, server.url);
      await client.chat("Use $planted, please.");
      expect(textsOf(callsIn(server.requests)[0]?.body)).toContain("Use $planted, please.");
    });

    it.each([
      ["managed_config.toml", `developer_instructions = "${canary}"\n`],
      ["config.toml", `developer_instructions = "${canary}"\n`],
      ["config.toml", '[mcp_servers.stray]\ncommand = "false"\n'],
      ["requirements.toml", 'allowed_approval_policies = ["never"]\n'],
    ])("says so before it asks: %s %j", async (name, content) => {
      scene.requestsPerAttempt = [0];
      const server = await scene.serve(plays("openai", "never"));
      await using client = scene.open(where({ [name]: content }), server.url);
      const error = await scene.failure(client.chat("Hello"));
      expect(error.attempts[0]).toMatchObject({ code: "CLI_NOT_ISOLATED" });
      expect(server.requests).toEqual([]);
    });
  });
});
