/**
 * The completions for bash. The library's own evaluates the line, so that a Tab behind
 * `acc chat "$(date)" --` runs what is in it, and it cannot complete files, nor behind a `=`.
 * bash takes `--flag=value` and `a:b` for three words. The one of macOS, 3.2, has no `compopt`.
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
