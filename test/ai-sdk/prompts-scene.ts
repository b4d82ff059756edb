import { createClaude } from "@acc/claude";
import { plays } from "../../scripts/vendor-answers.ts";
import { sdkAt, serve } from "./stage.ts";
import type { Version } from "./versions.ts";

export const png = Buffer.from("89504e470d0a1a0a0000000d49484452", "hex");
export const pdf = Buffer.from("%PDF-1.7\n");
export const image = {
  type: "image",
  source: { type: "base64", media_type: "image/png", data: png.toString("base64") },
};
export const document = {
  type: "document",
  source: { type: "base64", media_type: "application/pdf", data: pdf.toString("base64") },
};

export async function modelOf({ createAcc }: Version, answer = plays("claude", "ok")) {
  const server = await serve(answer);
  const acc = createAcc({ claude: createClaude(sdkAt(server)) });
  return { server, model: acc("claude/claude-sonnet-5-5") };
}
