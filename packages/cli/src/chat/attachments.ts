import { basename } from "node:path";
import type { FileContent, ImageContent } from "@acc/dual-mode";
import { UsageError } from "../failure.ts";
import { readBytes } from "../input/read-text.ts";
import type { ChatOptions } from "./chat-options.ts";

/** What goes along with a prompt as it is. */
export type Attachment = ImageContent | FileContent;

const imageTypes: Readonly<Record<string, string>> = {
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  webp: "image/webp",
  gif: "image/gif",
};

/** The images, and the files that are no text: a PDF. */
export function readAttachments({
  image = [],
  file = [],
}: Pick<ChatOptions, "image" | "file">): Promise<readonly Attachment[]> {
  return Promise.all([...image.map(readImage), ...file.filter(isPdf).map(readPdf)]);
}

/** The files that are part of the prompt. */
export function promptFiles({ file = [] }: Pick<ChatOptions, "file">): readonly string[] {
  return file.filter((path) => !isPdf(path));
}

function isPdf(path: string): boolean {
  return endingOf(path) === "pdf";
}

async function readPdf(path: string): Promise<FileContent> {
  const data = await readBytes(path);
  if (!data.subarray(0, 1024).includes("%PDF-")) {
    throw new UsageError(`The file ${path} is no PDF.`, "Give one, or a text file.");
  }
  const mediaType = "application/pdf";
  return { type: "file", mediaType, name: basename(path), data: data.toString("base64") };
}

async function readImage(path: string): Promise<ImageContent> {
  const mediaType = imageTypes[endingOf(path)];
  if (mediaType === undefined) {
    throw new UsageError(
      `The image ${path} is of no kind that models read.`,
      `Give a file that ends in ${Object.keys(imageTypes).join(", ")}.`,
    );
  }
  return { type: "image", mediaType, data: (await readBytes(path)).toString("base64") };
}

function endingOf(path: string): string {
  return path.split(".").at(-1)?.toLowerCase() ?? "";
}
