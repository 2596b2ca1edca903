# Completion of linli for bash.
_linli() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command=${COMP_WORDS[1]}
  local common='--config --tenant --data --db --address --port --node --trust-proxy --connections --metrics-token --log-json --log-level --help' words
  case $before in
    --config | --errors | --keys | --export) compopt -o default; return ;;
    --data) compopt -o dirnames; return ;;
    --log-level) mapfile -t COMPREPLY < <(compgen -W 'debug info warn error' -- "$word"); return ;;
    --mapping) mapfile -t COMPREPLY < <(compgen -f -- "$word"); return ;;
  esac
  if [ "$COMP_CWORD" = 1 ]; then
    words='serve init tenant demo migrate import export backup restore verify user audit settings openapi doctor --help --version'
  else
    case $command in
      init) words="--name --code --time-zone $common" ;;
      tenant) words="list create add-host remove-host city add close reopen remove --export --keys --without-export --moved-to --host --name --code --time-zone --json $common" ;;
      demo) words="--seed --now --cases --host --code $common" ;;
      import)
        if [ "$COMP_CWORD" = 2 ]; then words='areas cases calendar tenant'; else words="--dry-run --keys --code --host $common"; fi
        if [[ $word != -* && $COMP_CWORD -gt 2 ]]; then compopt -o default; return; fi ;;
      export) if [ "$COMP_CWORD" = 2 ]; then words=tenant; else words="--keys --json $common"; fi ;;
      backup | restore) words="--keys --json $common" ;;
      verify) words='--json --help' ;;
      user) words="add list password lock unlock role --name --sign-in-name --role --unit --end --password-stdin --json $common" ;;
      audit) words="verify head --head --json $common" ;;
      settings)
        words="export import --json $common"
        if [[ $word != -* && $COMP_CWORD -gt 2 ]]; then compopt -o default; return; fi ;;
      openapi) words='--permissions --help' ;;
      doctor) words="--thorough --json $common" ;;
      *) words=$common ;;
    esac
  fi
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
}
complete -F _linli linli
