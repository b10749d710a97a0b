package fill

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"time"

	"taizhang/model"
	"taizhang/tui/ui"
)

// openingTime is how long a program that opens files is watched: one that fails does so
// at once, while one that shows the file itself stays.
const openingTime = 2 * time.Second

// openFile opens a file with the system's program for it. A *model.Error says why it
// can't.
func openFile(_ *ui.App, path string) error {
	c := exec.Command("xdg-open", path)
	switch runtime.GOOS {
	case "windows":
		c = exec.Command("rundll32", "url.dll,FileProtocolHandler", path)
	case "darwin":
		c = exec.Command("open", path)
	default:
		if os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" {
			return model.Errorf("E-OPEN", "现在没有图形桌面")
		}
	}
	if err := c.Start(); err != nil {
		if errors.Is(err, exec.ErrNotFound) {
			return model.Errorf("E-OPEN", "这台电脑没有能打开文件的程序")
		}
		return fmt.Errorf("open %s: %w", path, err)
	}
	ended := make(chan error, 1)
	go func() { ended <- c.Wait() }()
	select {
	case err := <-ended:
		if err != nil {
			return model.Errorf("E-OPEN", "这台电脑没有能打开它的程序")
		}
	case <-time.After(openingTime):
	}
	return nil
}
