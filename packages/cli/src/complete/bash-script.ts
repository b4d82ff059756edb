/**
 * The completion script for bash. The one of the library evaluates the line, so that a Tab after
 * `acc chat "$(date)" --` runs the command in it, and it completes neither files nor words after a
 * `=`. bash splits `--flag=value` and `a:b` into three words. macOS ships bash 3.2, which has no
 * `compopt`.
 */
export const bashScript = `__acc_complete() {
  local word words=() last=-1 out directive cur before=
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD}"; do
    if ((last >= 0)) && [[ $word != -* && ( $word == [=:] || \${words[last]} == *[=:] ) ]]; then
      words[last]+=$word
    else
      words+=("$word")
      last=$((last + 1))
    fi
  done
  cur=\${words[last]}
  out=$(acc complete -- "\${words[@]}" 2>/dev/null) || return
  directive=\${out##*:}
  out=\${out%:*}
  if type compopt &>/dev/null; then
    ((directive & 2)) && compopt -o nospace
    ((directive & 4)) && compopt +o default
  fi
  [[ $cur == --*=* ]] && cur=\${cur#*=}
  [[ $cur == *:* && $COMP_WORDBREAKS == *:* ]] && before=\${cur%"\${cur##*:}"}
  COMPREPLY=()
  while IFS=$'\\t' read -r word _; do
    [[ -n $word && $word == "$cur"* ]] && COMPREPLY+=("\${word#"$before"}")
  done <<<"$out"
}

complete -o default -F __acc_complete acc`;
