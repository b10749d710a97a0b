#!/bin/sh
# Opens taizhang in a terminal's window of 120 by 36 characters: in the terminal of this
# desktop if it is there, else in the first that is found.
program="@PROGRAM@"

if [ -t 0 ] && [ -t 1 ]; then
	exec "$program" "$@"
fi

open_in() {
	command -v "$1" >/dev/null 2>&1 || return 0
	case $1 in
	deepin-terminal) # has no option for a size in characters
		exec deepin-terminal -m maximum -e "$program" ;;
	mate-terminal | ukui-terminal | kylin-terminal | xfce4-terminal)
		exec "$1" --geometry=120x36 --title=台账 -x "$program" ;;
	gnome-terminal)
		exec gnome-terminal --geometry=120x36 --title=台账 -- "$program" ;;
	konsole)
		exec konsole -p TerminalColumns=120 -p TerminalRows=36 -e "$program" ;;
	lxterminal)
		exec lxterminal --geometry=120x36 --title=台账 -e "$program" ;;
	tilix)
		exec tilix --geometry=120x36 -e "$program" ;;
	ptyxis)
		exec ptyxis --new-window -- "$program" ;;
	xterm)
		exec xterm -geometry 120x36 -u8 -fa Monospace -fs 13 -T 台账 -e "$program" ;;
	*)
		exec "$1" -e "$program" ;;
	esac
}

case $XDG_CURRENT_DESKTOP in
*[Dd]eepin* | *DDE*) own="deepin-terminal" ;;
*UKUI*) own="ukui-terminal kylin-terminal mate-terminal" ;;
*MATE*) own="mate-terminal" ;;
*GNOME* | *Cinnamon*) own="gnome-terminal ptyxis" ;;
*KDE*) own="konsole" ;;
*XFCE*) own="xfce4-terminal" ;;
*LXDE*) own="lxterminal" ;;
*LXQt*) own="qterminal" ;;
*) own="" ;;
esac

for each in $own deepin-terminal mate-terminal ukui-terminal kylin-terminal gnome-terminal konsole \
	xfce4-terminal lxterminal tilix qterminal ptyxis x-terminal-emulator xterm; do
	open_in "$each"
done

said="这台电脑上没有找到终端程序。请打开终端,输入 $program 再按回车。"
for each in zenity kdialog xmessage; do
	command -v "$each" >/dev/null 2>&1 || continue
	case $each in
	zenity) exec zenity --error --text="$said" ;;
	kdialog) exec kdialog --error "$said" ;;
	*) exec xmessage "$said" ;;
	esac
done
echo "$said" >&2
exit 1
