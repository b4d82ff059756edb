import type { FileContent, ImageContent, Message } from "@acc/dual-mode";
import { describe, expect, it } from "vitest";
import { plays } from "../../scripts/vendor-answers.ts";
import { callsIn } from "./received.ts";
import { Scene } from "./scene.ts";
import { clis } from "./targets.ts";
import { itWhere } from "./where.ts";

const scene = new Scene();
/** One pixel. */
const pixel =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const image: ImageContent = { type: "image", mediaType: "image/png", data: pixel };
const document = Buffer.from("%PDF-1.4\n%%EOF\n").toString("base64");
const pdf: FileContent = {
  type: "file",
  mediaType: "application/pdf",
  data: document,
  name: "a.pdf",
};
const text = (said: string) => ({ type: "text", text: said }) as const;

/** A piece of what was sent, in either vendor's words. */
interface SentPiece {
  readonly text?: string;
  readonly source?: { readonly data?: string; readonly url?: string };
  readonly inlineData?: { readonly data?: string };
}

/** Codex has tests of its own. */
const those = clis.filter(({ vendor }) => vendor === "claude" || vendor === "gemini");

describe.each(those)("$name", (target) => {
  /** What of the messages was sent, in its order; without what the CLI says by itself. */
  async function sent(messages: readonly Message[]): Promise<readonly string[]> {
    const server = await scene.serve(plays(target.vendor, "Seen."));
    await using client = scene.open(target, server.url);
    expect((await client.chat({ messages })).text).toBe("Seen.");
    const { messages: own = [], contents = [] } = JSON.parse(
      callsIn(server.requests)[0]?.body ?? "",
    );
    const pieces: SentPiece[] = [...own, ...contents].flatMap(
      (turn) => turn.content ?? turn.parts ?? [],
    );
    return pieces
      .map(({ text: said, source, inlineData }) => {
        return said ?? source?.data ?? source?.url ?? inlineData?.data ?? "";
      })
      .filter((said) => !said.startsWith("<system-reminder>"));
  }

  // ebibibi/ebi-agent-chat-relay#181: 2.1.59 drops images, without a word
  it("sends an image and a PDF where they stand", async () => {
    const content = [text("/first"), image, text("then @/etc/passwd"), pdf, text("last")];
    const pieces = await sent([{ role: "user", content }]);
    const isWhole = ["/first", pixel, "then @/etc/passwd", document, "last"];
    expect(pieces.map((piece) => piece.trim())).toEqual(isWhole);
  });

  it("sends an image alone", async () => {
    expect(await sent([{ role: "user", content: [image] }])).toContain(pixel);
  });

  it("sends the images of a conversation at their places", async () => {
    const pieces = await sent([
      { role: "user", content: [text("before"), image, text("between")] },
      { role: "assistant", content: "Seen." },
      { role: "user", content: [pdf, text("after")] },
    ]);
    const all = pieces.join("\n");
    const places = ["before", pixel, "between", "Seen.", document, "after"];
    const found = places.map((each) => all.indexOf(each));
    expect(found).not.toContain(-1);
    expect(found).toEqual(found.toSorted((one, other) => one - other));
  });

  itWhere(target.vendor === "claude", "sends addresses, and fetches nothing", async () => {
    const url = "https://images.example/a.png";
    const pieces = await sent([{ role: "user", content: [{ type: "image", url }, text("What?")] }]);
    expect(pieces).toContain(url);
  });
});
