//go:build !windows

package paper

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"

	"taizhang/model"
)

// desktop gives the desktop's folder, "" where there is none: the one that the person's
// user-dirs.dirs names, whose name depends on the language, else Desktop or 桌面.
func desktop() string {
	home, err := os.UserHomeDir()
	if err != nil {
		return ""
	}
	config := os.Getenv("XDG_CONFIG_HOME")
	if config == "" {
		config = filepath.Join(home, ".config")
	}
	candidates := []string{filepath.Join(home, "Desktop"), filepath.Join(home, "桌面")}
	if text, err := os.ReadFile(filepath.Join(config, "user-dirs.dirs")); err == nil {
		for line := range strings.SplitSeq(string(text), "\n") {
			dir, ok := strings.CutPrefix(strings.TrimSpace(line), "XDG_DESKTOP_DIR=")
			if !ok {
				continue
			}
			dir = strings.ReplaceAll(strings.Trim(dir, `"`), "$HOME", home)
			if filepath.IsAbs(dir) && filepath.Clean(dir) != filepath.Clean(home) { // the home itself stands for no desktop
				candidates = append([]string{dir}, candidates...)
			}
		}
	}
	for _, dir := range candidates {
		if isFolder(dir) {
			return dir
		}
	}
	return ""
}

// openingTime is how long a program that opens files is watched: one that fails does so
// at once, while one that shows the file itself stays.
const openingTime = 3 * time.Second

func openBySystem(path string) error {
	name := "xdg-open"
	if runtime.GOOS == "darwin" {
		name = "open"
	} else if os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" {
		return model.Errorf("E-OPEN", "现在没有图形桌面")
	}
	c := exec.Command(name, path)
	// A group of its own: the program that shows the file lives on when this one ends.
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
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
