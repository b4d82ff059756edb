export const help = `Usage: create-acc-provider [folder] [options]

Makes a provider package for @acc/dual-mode that builds and passes its tests at once: an HTTP
server that speaks OpenAI's chat completions, and, if you name one, a command that speaks
docs/cli-protocol.md; to be changed where yours differ. In a terminal it asks for what is not given.

  --id ID          the provider's id: lower-case letters, digits and dashes     (needed)
  --package NAME   the package's name                                  (acc-provider-ID)
  --base-url URL   where the server is, up to /v1          (http://localhost:8080/v1)
  --model MODEL    the model of a client that names none                       (default)
  --key VARIABLE   the environment variable of its key        (none: it needs no key)
  --cli COMMAND    its command on PATH               (none: it is reached by HTTP alone)
  --yes, -y        asks nothing
  --version        the version
  --help, -h       this text
`;
