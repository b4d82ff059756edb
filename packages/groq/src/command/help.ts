export const help = `acc-groq: one call to a model at Groq

  acc-groq [--model NAME] [--input text|json] [--output text|json|stream-json]
           [--hold] < prompt

The prompt, or with --input json a request, is read from stdin.

  --model NAME      the model; else the request's, else openai/gpt-oss-120b
  --input KIND      text (default): stdin is the prompt; json: a request
  --output KIND     text (default), json: one document, stream-json: a line for each part
  --hold            started before its request: loads what a call needs, and waits for stdin
  --help, --version

The key is groq_api_key of the secrets store, or GROQ_API_KEY. GROQ_BASE_URL moves the address.
Exit code: 0 answered, 2 wrong usage, else the kind of failure: see docs/cli-protocol.md.
`;
