import { basename } from "node:path";
import type { FileContent, ImageContent } from "@acc/dual-mode";
import { UsageError } from "../failure.ts";
import { decode, readBytes, readStdinBytes } from "../input/read-text.ts";
import type { ChatOptions } from "./parsed-flags.ts";

/** A file or an image that is sent with a prompt unchanged. */
export type Attachment = ImageContent | FileContent;

const imageTypes: Readonly<Record<string, string>> = {
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  webp: "image/webp",
  gif: "image/gif",
};

const pdf = "application/pdf";

/** The type of a file, by its first bytes. */
const beginnings: readonly (readonly [type: string, bytes: RegExp])[] = [
  ["image/png", /^\x89PNG\r\n/],
  ["image/jpeg", /^\xff\xd8\xff/],
  ["image/webp", /^RIFF.{4}WEBP/s],
  ["image/gif", /^GIF8[79]a/],
  [pdf, /%PDF-/],
];

/** The images, the PDF files, and everything given with `--attach`. */
export function readAttachments({
  image = [],
  file = [],
  attach = [],
}: Pick<ChatOptions, "image" | "file" | "attach">): Promise<readonly Attachment[]> {
  return Promise.all([
    ...image.map(readImage),
    ...file.filter(isPdf).map(readPdf),
    ...attach.map(readAny),
  ]);
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
  if (typeOf(data) !== pdf) {
    throw new UsageError(`The file ${path} is not a PDF.`, "Give one, or a text file.");
  }
  return { type: "file", mediaType: pdf, name: basename(path), data: data.toString("base64") };
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

/** Reads any attachment. A file's type comes from its first bytes, a URL's from its ending. */
async function readAny(path: string): Promise<Attachment> {
  if (/^https?:\/\//i.test(path)) return atAddress(path);
  const bytes = path === "-" ? await readStdinBytes() : await readBytes(path);
  const name = path === "-" ? "stdin" : basename(path);
  const mediaType = typeOf(bytes) ?? "text/plain";
  const data = bytes.toString("base64");
  if (mediaType.startsWith("image/")) return { type: "image", mediaType, data };
  if (mediaType === "text/plain") decode(bytes, path === "-" ? "stdin" : path);
  return { type: "file", mediaType, name, data };
}

function atAddress(url: string): Attachment {
  const ending = URL.canParse(url) ? endingOf(new URL(url).pathname) : "";
  const image = imageTypes[ending];
  if (image !== undefined) return { type: "image", mediaType: image, url };
  if (ending === "pdf") return { type: "file", mediaType: pdf, url };
  throw new UsageError(
    `The address ${url} does not say what is there.`,
    `Give one that ends in pdf, ${Object.keys(imageTypes).join(", ")}, or the file itself.`,
  );
}

function typeOf(bytes: Buffer): string | undefined {
  const beginning = bytes.subarray(0, 1024).toString("latin1");
  return beginnings.find(([, begins]) => begins.test(beginning))?.[0];
}

function endingOf(path: string): string {
  return path.split(".").at(-1)?.toLowerCase() ?? "";
}
