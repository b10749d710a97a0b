package console

import (
	"errors"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/sys/unix"
)

// answering is a made-up terminal on a pseudo terminal: it draws some characters two cells
// wide and tells where its cursor is, or says nothing.
func answering(t *testing.T, wide string, silent bool) *os.File {
	t.Helper()
	master, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Skipf("no terminals here: %v", err)
	}
	needs(t, unix.IoctlSetPointerInt(int(master.Fd()), unix.TIOCSPTLCK, 0))
	n, err := unix.IoctlGetInt(int(master.Fd()), unix.TIOCGPTN)
	needs(t, err)
	slave, err := os.OpenFile("/dev/pts/"+strconv.Itoa(n), os.O_RDWR|unix.O_NOCTTY, 0)
	needs(t, err)
	t.Cleanup(func() { needs(t, errors.Join(slave.Close(), master.Close())) })
	go func() {
		var text string
		part := make([]byte, 256)
		for {
			n, err := master.Read(part)
			if err != nil {
				return
			}
			text += string(part[:n])
			before, _, asked := strings.Cut(text, "\x1b[6n")
			if !asked || silent {
				continue
			}
			text = ""
			column := 1
			for _, r := range before[strings.LastIndexByte(before, '\r')+1:] {
				column++
				if strings.ContainsRune(wide, r) {
					column++
				}
			}
			if _, err := master.WriteString("\x1b[B\x1b[7;" + strconv.Itoa(column) + "R"); err != nil { // a key was pressed before
				return
			}
		}
	}()
	return slave
}

func needs(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// samplesHere are characters of which terminals do not agree.
var samplesHere = []string{"─", "│", "…", "·", "“", "→", "█", "√"}

func TestWidths(t *testing.T) {
	t.Parallel()
	samples := append(slices.Clone(samplesHere), "台账")
	for _, wide := range []string{"台账", "台账─…·"} {
		tty := answering(t, wide, false)
		before, err := unix.IoctlGetTermios(int(tty.Fd()), unix.TCGETS)
		needs(t, err)
		all, err := Widths(tty, tty, samples, 10*time.Second)
		needs(t, err)
		if len(all) != len(samples) {
			t.Fatalf("%d readings of %d samples", len(all), len(samples))
		}
		for _, r := range all {
			want := utf8.RuneCountInString(r.Sample)
			for _, c := range r.Sample {
				if strings.ContainsRune(wide, c) {
					want++
				}
			}
			if r.Cells != want {
				t.Errorf("%s takes %d cells, not %d", r.Sample, r.Cells, want)
			}
		}
		after, err := unix.IoctlGetTermios(int(tty.Fd()), unix.TCGETS)
		needs(t, err)
		if *after != *before {
			t.Error("the terminal is left in another mode")
		}
	}
}

func TestSilentTerminal(t *testing.T) {
	t.Parallel()
	tty := answering(t, "", true)
	if _, err := Widths(tty, tty, samplesHere, 50*time.Millisecond); !errors.Is(err, ErrNoAnswer) {
		t.Errorf("a terminal that says nothing: %v", err)
	}
	if ask(tty, tty).Wide() || (&Question{}).Wide() {
		t.Error("it is taken to draw wide")
	}
}

// TestAsk: before the screens begin the same is asked of the ornaments together, what was
// typed meanwhile is kept for them, and the terminal is as it was.
func TestAsk(t *testing.T) {
	t.Parallel()
	for _, wide := range []string{"", "─", "─…●√"} {
		tty := answering(t, wide, false)
		before, err := unix.IoctlGetTermios(int(tty.Fd()), unix.TCGETS)
		needs(t, err)
		q := ask(tty, tty)
		q.t.until = time.Now().Add(10 * time.Second) // others work beside this test
		if got := q.Wide(); got != (wide != "") {
			t.Errorf("%q are wide: %v", wide, got)
		}
		if string(q.Ahead()) != "\x1b[B" {
			t.Errorf("%q is kept of the keys", q.Ahead())
		}
		after, err := unix.IoctlGetTermios(int(tty.Fd()), unix.TCGETS)
		needs(t, err)
		if *after != *before {
			t.Error("the terminal is left in another mode")
		}
	}
}
