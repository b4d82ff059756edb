/**
 * Returns the same server as `toolServerSource` as a script for a POSIX shell, which starts in
 * milliseconds; Node.js takes fifty, and hundreds on a busy machine. Each line is one JSON message:
 * the script reads its top-level `id` and `method`, and the requested protocol version.
 */
export function toolServerScript(tools: readonly object[]): string {
  return `LC_ALL=C
tools=${quoted(JSON.stringify(tools))}
marks='[]["{},:]*'

# The rest behind a '"': its string becomes $text.
string() {
  text=
  while :; do
    part=\${rest%%'"'*}
    rest=\${rest#"$part"}
    rest=\${rest#'"'}
    text=$text$part
    tail=\${part##*[!\\\\]}
    [ $((\${#tail} % 2)) = 1 ] || return 0
    [ -n "$rest" ] || return 0
    text=$text'"'
  done
}

# What is blank at the beginning of the rest is gone.
trim() {
  rest=\${rest#"\${rest%%[! 	]*}"}
}

value() {
  case "$depth $name" in
    '1 id') id='"'$text'"' ;;
    '1 method') method=$text ;;
    '2 protocolVersion') version=$text ;;
  esac
}

parse() {
  rest=$1 depth=0 name= id= method= version=2025-06-18
  while :; do
    lead=\${rest%%$marks}
    [ "$lead" != "$rest" ] || return 0
    rest=\${rest#"$lead"}
    mark=\${rest%"\${rest#?}"}
    rest=\${rest#?}
    case $mark in
      '{' | '[') depth=$((depth + 1)) ;;
      '}' | ']') depth=$((depth - 1)) ;;
      ':')
        trim
        number=\${rest%%[!0-9-]*}
        [ "$depth $name" != '1 id' ] || [ -z "$number" ] || id=$number
        ;;
      '"')
        string
        trim
        case $rest in
          :*) name=$text ;;
          *) value ;;
        esac
        ;;
    esac
  done
}

answer() {
  case $method in
    '') return 0 ;;
    initialize)
      told='{"protocolVersion":"'$version'","capabilities":{"tools":{}}'
      told=$told',"serverInfo":{"name":"acc","version":"1"}}'
      ;;
    ping) told='{}' ;;
    tools/list) told='{"tools":'$tools'}' ;;
    prompts/list) told='{"prompts":[]}' ;;
    resources/list) told='{"resources":[]}' ;;
    resources/templates/list) told='{"resourceTemplates":[]}' ;;
    *)
      said='"This server lists tools, and does nothing else."'
      printf '{"jsonrpc":"2.0","id":%s,"error":{"code":-32601,"message":%s}}\\n' "$id" "$said"
      return
      ;;
  esac
  printf '{"jsonrpc":"2.0","id":%s,"result":%s}\\n' "$id" "$told"
}

while IFS= read -r line; do
  parse "$line"
  [ -z "$id" ] || answer || exit 0
done
`;
}

/** Quotes a text as one word of a shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
