# complete.zsh LINE: what zsh makes of a line when the tab is hit.
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell "PS1=; unsetopt zle_bracketed_paste; stty -echo; autoload -Uz compinit; compinit -u -D; source <(breakwater completion zsh | sed '\$d'); compdef _breakwater breakwater; show() { print -r -- \"<\$BUFFER>\"; BUFFER=; zle accept-line }; zle -N show; bindkey '^X' show; print ready"
zpty -r -m shell line '*ready*'
zpty -w -n shell "$1"$'\t'$'\x18'
zpty -r -m shell line '*>*'
print -r -- "${${line##*<}%%>*}"
