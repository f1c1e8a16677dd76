#compdef irnet
# Completion of irnet in zsh:  source <(irnet completion zsh)
_irnet_complete() {
    # What stands between the program's name and the cursor.
    local rest="${LBUFFER##[[:space:]]#}"
    rest="${rest#*[[:space:]]}"
    local -a suggestions
    suggestions=("${(@f)$(irnet "[suggest:${#rest}]" "$rest" 2>/dev/null)}")
    suggestions=(${suggestions:#})
    compadd -a suggestions
    _files
}
compdef _irnet_complete irnet
