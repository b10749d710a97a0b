package console

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// asProgram makes the test binary a program that a terminal was opened for, or one that a
// shell has started.
const asProgram = "CONSOLE_TEST_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		fmt.Println("alone:", Alone())
		Stay(os.Stdout)
		fmt.Println("gone")
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// TestStay: a terminal that was opened for the program alone is known, and it stays until
// a key is pressed.
func TestStay(t *testing.T) {
	t.Parallel()
	master, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Skipf("no terminals here: %v", err)
	}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(unix.IoctlSetPointerInt(int(master.Fd()), unix.TIOCSPTLCK, 0))
	n, err := unix.IoctlGetInt(int(master.Fd()), unix.TIOCGPTN)
	must(err)
	slave, err := os.OpenFile("/dev/pts/"+strconv.Itoa(n), os.O_RDWR|unix.O_NOCTTY, 0)
	must(err)
	t.Cleanup(func() { must(errors.Join(slave.Close(), master.Close())) })
	said := ""
	hear := func(text string) {
		t.Helper()
		must(master.SetReadDeadline(time.Now().Add(20 * time.Second)))
		for part := make([]byte, 256); !strings.Contains(said, text); {
			n, err := master.Read(part)
			must(err)
			said += string(part[:n])
		}
	}
	for _, alone := range []bool{true, false} {
		said = ""
		self, err := os.Executable()
		must(err)
		c := exec.CommandContext(t.Context(), self)
		c.Env = append(os.Environ(), asProgram+"=1")
		c.Stdin, c.Stdout, c.Stderr = slave, slave, slave
		if alone {
			c.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
		}
		must(c.Start())
		hear("按任意键关闭这个窗口。")
		if strings.Contains(said, "gone") || !strings.Contains(said, fmt.Sprint("alone: ", alone)) {
			t.Errorf("alone %v: %q", alone, said)
		}
		_, err = master.WriteString("x")
		must(err)
		hear("gone")
		must(c.Wait())
	}
}
