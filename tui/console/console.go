// Package console is the window that the program runs in: whether it vanishes with the
// program, how wide it draws ornaments, which keys it sends and how, and in what encoding
// it takes what is written elsewhere than on the screen. What differs between systems is
// here, and nothing of ledgers and screens.
package console

import (
	"fmt"
	"io"
)

// Stay keeps a window open that would vanish with the program until a key is pressed, so
// that what stands in it can be read. Where no key can be asked for it gives up at once.
func Stay(out io.Writer) {
	if _, err := fmt.Fprint(out, "\n按任意键关闭这个窗口。"); err != nil {
		return
	}
	awaitKey()
}
