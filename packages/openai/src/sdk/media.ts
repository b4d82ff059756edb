import type { MediaRule } from "@acc/dual-mode/provider";

const office = "application/vnd.openxmlformats-officedocument";

/** The files that Responses accepts. https://platform.openai.com/docs/guides/file-inputs */
export const responsesMedia: MediaRule = {
  files: [
    "application/pdf",
    "text/*",
    "application/json",
    "application/xml",
    "application/yaml",
    "application/csv",
    "application/rtf",
    "application/msword",
    "application/vnd.ms-excel",
    "application/vnd.ms-powerpoint",
    `${office}.wordprocessingml.document`,
    `${office}.spreadsheetml.sheet`,
    `${office}.presentationml.presentation`,
    "application/vnd.oasis.opendocument.text",
  ],
};

/**
 * The files that chat completions accept, only as bytes.
 * https://platform.openai.com/docs/guides/pdf-files
 */
export const chatMedia: MediaRule = { files: ["application/pdf"], fileUrls: [] };
