package console

// Enlarge says how the window at hand is made larger, or its letters smaller: a sentence
// without the full stop.
func Enlarge(k Kind) string {
	switch k {
	case Classic:
		return "请点窗口右上角的最大化,或按住 Ctrl 键滚动鼠标滚轮把字缩小"
	case Tabbed:
		return "请点窗口右上角的最大化,或按 Ctrl 和减号键把字缩小"
	case Bare:
		return "这里是没有桌面的字符终端,请进桌面,在桌面的“终端”里打开"
	}
	return "请把窗口最大化,或按 Ctrl 和减号键把字缩小"
}

// Kind is a sort of terminal, as far as people have to do different things in it.
type Kind int

// The kinds.
const (
	Desktop Kind = iota // a window of a Linux desktop or a Mac
	Classic             // the console window of Windows
	Tabbed              // Windows Terminal
	Bare                // the Linux console, without a desktop
)

// A place holds the sizes of a console's screen buffer and of the window on it, in cells.
type place struct {
	bufferX, bufferY         int
	left, top, right, bottom int // of the window, all inside it
}

// enlarged gives a window of at least cols by rows, as far as the screen has room for
// (largest), on a buffer that holds it; its lower left corner stays where it can.
func enlarged(now place, cols, rows, largestX, largestY int) place {
	w := max(now.right-now.left+1, min(cols, largestX))
	h := max(now.bottom-now.top+1, min(rows, largestY))
	next := place{bufferX: max(now.bufferX, w), bufferY: max(now.bufferY, h)}
	next.left = min(now.left, next.bufferX-w)
	next.right = next.left + w - 1
	next.bottom = max(now.bottom, h-1)
	next.top = next.bottom - h + 1
	return next
}
