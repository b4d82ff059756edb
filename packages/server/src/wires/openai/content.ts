import type { FileContent } from "@acc/dual-mode";
import { type Members, textAt } from "../body/guards.ts";
import { InvalidBody } from "../body/invalid-body.ts";
import { toFile } from "../body/media.ts";

/** Reads a file as OpenAI's wires give it: as bytes or as a URL. */
export function fileContent(file: Members, at: string): FileContent {
  const { file_data: data, file_url: url, filename, file_id: id } = file;
  const name = typeof filename === "string" && filename !== "" ? filename : undefined;
  if (data !== undefined && data !== null) {
    return toFile(textAt(data, `${at}.file_data`), name, `${at}.file_data`);
  }
  if (url !== undefined && url !== null) {
    return toFile(textAt(url, `${at}.file_url`), name, `${at}.file_url`);
  }
  throw withoutBytes(id, at);
}

/** Makes the error for a file without data, or with an id: no files are stored here. */
export function withoutBytes(id: unknown, at: string): InvalidBody {
  const what = id === undefined || id === null ? "has no data" : "names a file by its id";
  return new InvalidBody(`${at} ${what}: this server keeps no files. Send file_data.`, at);
}

const audioTypes: Readonly<Record<string, string>> = { mp3: "audio/mpeg", wav: "audio/wav" };

/** Reads sound as a file; not every model accepts it. */
export function audioContent(audio: Members, at: string): FileContent {
  const format = textAt(audio.format, `${at}.format`);
  const mediaType = audioTypes[format] ?? `audio/${format}`;
  return { type: "file", mediaType, data: textAt(audio.data, `${at}.data`) };
}
