package console

import (
	"os"
	"unsafe"

	"golang.org/x/sys/windows"

	xwindows "github.com/charmbracelet/x/windows"
)

var (
	kernel32              = windows.NewLazySystemDLL("kernel32.dll")
	getConsoleProcessList = kernel32.NewProc("GetConsoleProcessList")
)

// Alone reports whether the console was made for this program, as by a double-click: it
// vanishes when the program ends.
func Alone() bool {
	var pids [2]uint32
	n, _, _ := getConsoleProcessList.Call(uintptr(unsafe.Pointer(&pids[0])), uintptr(len(pids)))
	return n == 1
}

// awaitKey waits until a key is pressed that is no Shift, Ctrl and the like.
func awaitKey() {
	in, err := os.OpenFile("CONIN$", os.O_RDWR, 0)
	if err != nil {
		return
	}
	defer func() { _ = in.Close() }() // nothing was written to it
	handle := windows.Handle(in.Fd())
	var mode uint32
	if windows.GetConsoleMode(handle, &mode) != nil || windows.SetConsoleMode(handle, windows.ENABLE_EXTENDED_FLAGS) != nil {
		return
	}
	defer func() { _ = windows.SetConsoleMode(handle, mode) }() // the window closes anyway
	_ = xwindows.FlushConsoleInputBuffer(handle)                // keys typed before are no answer; where that fails they are
	for t := (translator{}); ; {
		records, err := readRecords(handle)
		if err != nil || len(t.bytes(records, nil)) > 0 {
			return
		}
	}
}
