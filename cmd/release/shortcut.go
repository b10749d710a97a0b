package main

import (
	_ "embed" // the texts of shortcuts
	"strings"
)

// The texts of what is double-clicked.
//
// On Windows it is a .bat and no .lnk: a shortcut needs the whole path of what it opens,
// which nobody knows before the archive is unpacked, and one that goes round by cmd.exe is
// what scanners for viruses look for. The .bat is plain ASCII, so that it means the same
// in every code page. The program itself can be double-clicked as well.
var (
	//go:embed shortcut/open.sh
	openShell string
	//go:embed shortcut/beside.desktop
	besideDesktop []byte
	//go:embed shortcut/menu.desktop
	menuDesktop []byte
	//go:embed shortcut/open.command
	openCommand []byte
	//go:embed shortcut/open.bat
	openBatch string
)

// here makes open.sh look for the program beside itself; otherwise it is where the
// package puts it.
const here = `$(cd "$(dirname "$0")" && pwd)/taizhang`

// opener gives the script that opens the program in a terminal's window.
func opener(program string) []byte {
	return []byte(strings.ReplaceAll(openShell, "@PROGRAM@", program))
}

// shortcuts are the files of an archive that are double-clicked.
func (t target) shortcuts() []file {
	switch t.os {
	case "windows":
		return []file{{name: "打开台账.bat", data: []byte(strings.ReplaceAll(openBatch, "\n", "\r\n")), run: true}}
	case "darwin":
		return []file{{name: "打开台账.command", data: openCommand, run: true}}
	}
	return []file{
		{name: "打开台账.desktop", data: besideDesktop, run: true},
		{name: "打开台账.sh", data: opener(here), run: true},
	}
}
