package console

import (
	"os"
	"unsafe"

	"golang.org/x/sys/windows"

	"taizhang/model"
)

var (
	getConsoleWindow           = kernel32.NewProc("GetConsoleWindow")
	getLargestSize             = kernel32.NewProc("GetLargestConsoleWindowSize")
	setConsoleScreenBufferSize = kernel32.NewProc("SetConsoleScreenBufferSize")
	setConsoleWindowInfo       = kernel32.NewProc("SetConsoleWindowInfo")
	getFont                    = kernel32.NewProc("GetCurrentConsoleFontEx")
	setFont                    = kernel32.NewProc("SetCurrentConsoleFontEx")
)

// KindOf tells in which kind of console the program runs: Windows Terminal and others of
// its sort stand behind a window that is never shown.
func KindOf() Kind {
	hwnd, _, _ := getConsoleWindow.Call()
	var name [64]uint16
	n, err := windows.GetClassName(windows.HWND(hwnd), &name[0], int32(len(name)))
	if hwnd == 0 || err != nil || windows.UTF16ToString(name[:n]) == "PseudoConsoleWindow" {
		return Tabbed
	}
	return Classic
}

// Prepare readies the console for screens of cols by rows: its own window is made as
// large as that where it is smaller, and gets a font with Chinese where it has one of
// dots, which may have none. What the console refuses stays as it is. restore puts back
// what was changed and nobody changed since. *model.Error E-CONSOLE for a console that
// can't show screens.
func Prepare(cols, rows int) (restore func(), err error) {
	file, err := os.OpenFile("CONOUT$", os.O_RDWR, 0)
	if err != nil {
		return func() {}, nil //nolint:nilerr // There is no console: whoever draws will say so.
	}
	out := windows.Handle(file.Fd())
	var mode uint32
	if windows.GetConsoleMode(out, &mode) == nil {
		if windows.SetConsoleMode(out, mode|windows.ENABLE_VIRTUAL_TERMINAL_PROCESSING) != nil {
			_ = file.Close() // nothing was written to it
			return func() {}, model.Errorf("E-CONSOLE", "这个窗口是旧版控制台,显示不了画面:请右键点窗口的标题栏,选“属性”,在“选项”里去掉“使用旧版控制台”,关掉窗口再打开;Windows 7、8 请换 Windows 10 的电脑")
		}
		_ = windows.SetConsoleMode(out, mode) // it was so a moment ago
	}
	if KindOf() != Classic {
		return func() {}, file.Close()
	}
	putFont := chineseFont(out)
	putSize := enlarge(out, cols, rows)
	return func() {
		putSize()
		putFont()
		_ = file.Close() // nothing was written to it
	}, nil
}

// enlarge makes the window larger and gives what makes it as it was.
func enlarge(out windows.Handle, cols, rows int) (restore func()) {
	before, ok := placeOf(out)
	if !ok {
		return func() {}
	}
	size, _, _ := getLargestSize.Call(uintptr(out))
	next := enlarged(before, cols, rows, int(int16(size)), int(int16(size>>16))) //nolint:gosec // A COORD: two signed halves.
	if next == before || size == 0 {
		return func() {}
	}
	setBuffer(out, next)
	setWindow(out, next)
	made, ok := placeOf(out)
	return func() {
		if now, still := placeOf(out); !ok || !still || now != made {
			return // somebody made the window as he likes it
		}
		setWindow(out, before)
		setBuffer(out, before)
	}
}

func placeOf(out windows.Handle) (place, bool) {
	var info windows.ConsoleScreenBufferInfo
	if windows.GetConsoleScreenBufferInfo(out, &info) != nil {
		return place{}, false
	}
	w := info.Window
	return place{int(info.Size.X), int(info.Size.Y), int(w.Left), int(w.Top), int(w.Right), int(w.Bottom)}, true
}

// setBuffer and setWindow do what the console lets them: it is looked at afterwards.
func setBuffer(out windows.Handle, p place) {
	_, _, _ = setConsoleScreenBufferSize.Call(uintptr(out), uintptr(uint32(uint16(p.bufferX))|uint32(uint16(p.bufferY))<<16)) //nolint:gosec // A COORD.
}

func setWindow(out windows.Handle, p place) {
	rect := windows.SmallRect{Left: int16(p.left), Top: int16(p.top), Right: int16(p.right), Bottom: int16(p.bottom)} //nolint:gosec // Cells of a console.
	_, _, _ = setConsoleWindowInfo.Call(uintptr(out), 1, uintptr(unsafe.Pointer(&rect)))
}

// fontInfo is CONSOLE_FONT_INFOEX.
type fontInfo struct {
	size           uint32
	index          uint32
	width, height  int16
	family, weight uint32
	face           [32]uint16
}

// outline marks a font that is made of outlines (TMPF_TRUETYPE), fixed one of fixed width
// (FF_MODERN).
const (
	outline = 0x04
	fixed   = 0x30
)

// chineseFont gives a window with a font of dots 新宋体, which every Windows has that
// writes Chinese, and gives what makes it as it was.
func chineseFont(out windows.Handle) (restore func()) {
	before := fontInfo{size: uint32(unsafe.Sizeof(fontInfo{}))}
	if ok, _, _ := getFont.Call(uintptr(out), 0, uintptr(unsafe.Pointer(&before))); ok == 0 || before.family&outline != 0 {
		return func() {}
	}
	if before.height == 0 && before.face[0] == 0 {
		return func() {} // It draws in somebody else's window: Wine's ends when it is given a font then.
	}
	next := fontInfo{size: before.size, height: max(before.height, 16), family: fixed | outline, weight: 400}
	copy(next.face[:], windows.StringToUTF16("NSimSun"))
	back := func() { _, _, _ = setFont.Call(uintptr(out), 0, uintptr(unsafe.Pointer(&before))) } // a font that stays is no harm
	if ok, _, _ := setFont.Call(uintptr(out), 0, uintptr(unsafe.Pointer(&next))); ok == 0 {
		return func() {}
	}
	now := fontInfo{size: before.size}
	if ok, _, _ := getFont.Call(uintptr(out), 0, uintptr(unsafe.Pointer(&now))); ok == 0 || now.family&outline == 0 {
		back() // another font has come in its place, as where the code page is not Chinese
		return func() {}
	}
	return back
}
