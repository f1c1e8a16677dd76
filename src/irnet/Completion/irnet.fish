# Completion of irnet in fish:  irnet completion fish | source
function __irnet_complete
    # What stands between the program's name and the cursor.
    set -l rest (string replace -r '^\s*\S+\s' '' -- (commandline -cp | string collect))
    irnet "[suggest:"(string length -- "$rest")"]" "$rest" 2>/dev/null
end
complete -c irnet -a '(__irnet_complete)'
