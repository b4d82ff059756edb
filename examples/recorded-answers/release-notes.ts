// An app with one call to a model: the note of a release, from what was committed for it.
import type { Client } from "@acc/claude";
import { z } from "zod";

const note = z.object({ title: z.string(), changes: z.array(z.string()) });

/** Markdown. Whom it asks is for its caller to say. */
export async function releaseNotes(client: Client, commits: readonly string[]): Promise<string> {
  const { object } = await client.chat({
    system: "Write the note of a release for its users. Leave out what they cannot notice.",
    messages: [{ role: "user", content: commits.map((commit) => `- ${commit}`).join("\n") }],
    schema: note,
  });
  if (object === undefined) throw new Error("There is no note.");
  return [`# ${object.title}`, "", ...object.changes.map((change) => `- ${change}`)].join("\n");
}
