import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { startLoopbackServer } from "../../../scripts/loopback-server.ts";
import { plays } from "../../../scripts/vendor-answers.ts";
import { testKey } from "./acc.ts";
import { eachTestAnew } from "./each-test-anew.ts";

const { home, claudeEnv } = eachTestAnew();

describe("the files of acc chat", () => {
  it("attaches a PDF, and refuses what is none", async () => {
    const [pdf, fake, more] = ["Offer.PDF", "fake.pdf", "more.txt"].map((name) =>
      join(home.path, name),
    ) as [string, string, string];
    await writeFile(pdf, "%PDF-1.7");
    await writeFile(fake, "<html>");
    await writeFile(more, "of the file\n");
    const vendor = await startLoopbackServer(plays("claude", "Read."));
    const env = { ...claudeEnv(), ANTHROPIC_BASE_URL: vendor.url };
    const args = ["chat", "-p", "claude", "-f", pdf, "-f", more, "Compare."];
    expect(await home.acc(args, { env })).toEqual({ code: 0, stdout: "Read.\n", stderr: "" });
    const refused = await home.acc(["chat", "-p", "claude", "-f", fake, "Compare."], { env });
    await vendor.close();
    expect(refused).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("fake.pdf is not a PDF"),
    });
    expect(JSON.parse(vendor.requests[0]?.body ?? "").messages[0].content).toEqual([
      { type: "text", text: "Compare.\n\nof the file" },
      {
        type: "document",
        source: { type: "base64", media_type: "application/pdf", data: "JVBERi0xLjc=" },
        title: "Offer.PDF",
      },
    ]);
    expect(vendor.requests).toHaveLength(1);
  });

  it("makes one prompt of words, a file and stdin, with a system text and an image", async () => {
    const file = join(home.path, "more.txt");
    const image = join(home.path, "dot.png");
    await writeFile(file, "of the file\n");
    await writeFile(image, Buffer.from("89504e470d0a1a0a", "hex"));
    const vendor = await startLoopbackServer(plays("claude", "Seen."));
    const flags = ["--system", "Be brief", "--file", file, "--image", image];
    const run = await home.acc(["chat", "-p", "claude", ...flags, "words"], {
      env: { ...claudeEnv(), ANTHROPIC_BASE_URL: vendor.url },
      stdin: "of stdin",
    });
    await vendor.close();
    expect(run).toEqual({ code: 0, stdout: "Seen.\n", stderr: "" });
    const sent = vendor.requests[0]?.body ?? "";
    expect(sent).toContain("words\\n\\nof the file\\n\\nof stdin");
    expect(sent).toContain("Be brief");
    expect(sent).toContain("iVBORw0KGgo=");
  });

  it("refuses an answer that does not fit the schema, and tells of a broken schema's place", async () => {
    const schema = join(home.path, "schema.json");
    await writeFile(schema, '{"type":"object","required":["name"]}');
    const args = [
      "chat",
      "-p",
      "claude",
      "--only",
      "sdk",
      "--json",
      "--timeout",
      "15s",
      "--schema",
      schema,
      "hi",
    ];
    const unfit = await home.acc(args, { env: claudeEnv() });
    expect(unfit.code).toBe(1);
    expect(unfit.stderr).toContain("INVALID_OUTPUT");
    await writeFile(schema, '{\n  "type": object\n}');
    const broken = await home.acc(args, { env: claudeEnv() });
    expect(broken.code).toBe(2);
    expect(JSON.parse(broken.stderr).error).toMatchObject({ code: "INVALID_FILE" });
    expect(broken.stderr).toContain("schema.json:2:11");
  });

  it("prints an answer that fits the schema", async () => {
    const schema = join(home.path, "schema.json");
    await writeFile(schema, '{"type":"object","required":["name"]}');
    const vendor = await startLoopbackServer(plays("groq", '{"name":"Goethe"}'));
    const env = { GROQ_API_KEY: testKey, GROQ_BASE_URL: vendor.url };
    const run = await home.acc(["chat", "-p", "groq", "--schema", schema, "Who?"], { env });
    await vendor.close();
    expect(run).toEqual({ code: 0, stdout: '{"name":"Goethe"}\n', stderr: "" });
    expect(JSON.parse(vendor.requests[0]?.body ?? "")).toHaveProperty("response_format");
  });
});
