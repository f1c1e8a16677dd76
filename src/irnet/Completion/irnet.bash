# Completion of irnet in bash:  source <(irnet completion bash)
_irnet_complete() {
    # What stands between the program's name and the cursor, and the word the cursor is in.
    local line="${COMP_LINE:0:COMP_POINT}"
    line="${line#"${line%%[![:space:]]*}"}"
    local rest="${line#*[[:space:]]}"
    local word="${rest##*[[:space:]]}"
    local IFS=$'\n'
    COMPREPLY=($(compgen -W "$("${COMP_WORDS[0]}" "[suggest:${#rest}]" "$rest" 2>/dev/null)" -- "$word"))
    # A colon ends a word for bash, which replaces only what stands behind the last one.
    if [[ "$word" == *:* && "$COMP_WORDBREAKS" == *:* ]]; then
        COMPREPLY=("${COMPREPLY[@]#"${word%"${word##*:}"}"}")
    fi
}
complete -o bashdefault -o default -F _irnet_complete irnet
