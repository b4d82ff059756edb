import { areJudged, error, page } from "./told-refusals.ts";

areJudged([
  ["langchain4j/langchain4j#3821", 404, { detail: "Not Found" }, "WRONG_ADDRESS"],
  ["nothing at all", 404, "", "WRONG_ADDRESS"],
  ["a Go server", 404, "404 page not found", "WRONG_ADDRESS"],
  ["express", 404, page("Error", "Cannot POST /v1/models/x:generateContent"), "WRONG_ADDRESS"],
  [
    "google: a path too many",
    404,
    page("Error 404", "The requested URL /v1beta/v1beta/models/x was not found on this server."),
    "WRONG_ADDRESS",
  ],
  [
    "platform.openai.com: a path too many",
    404,
    error("Invalid URL (POST /v1/v1/chat/completions)", "invalid_request_error"),
    "WRONG_ADDRESS",
  ],
  [
    "microsoft/chat-copilot#995",
    404,
    error("Resource not found", undefined, "404"),
    "WRONG_ADDRESS",
  ],
  [
    "lmstudio-ai: an endpoint too many",
    200,
    { error: "Unexpected endpoint or method. (POST /chat/completions)" },
    "WRONG_ADDRESS",
  ],
  ["a web site", 405, page("405 Not Allowed"), "WRONG_ADDRESS"],
  [
    "nginx: http to https",
    400,
    page("400", "The plain HTTP request was sent to HTTPS port"),
    "WRONG_ADDRESS",
  ],
  ["a redirect", 308, "", "WRONG_ADDRESS"],
]);
