package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"time"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"taizhang/store/doctor"
	"taizhang/tui"
	"taizhang/tui/console"
	"taizhang/tui/ui"
)

func (m *Main) doctorCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "doctor",
		Short: "看看这台电脑合不合用:终端、语言环境、磁盘、时钟、台账、备份、U盘,要改什么",
		Long: "看看这台电脑合不合用:终端、语言环境、磁盘、时钟、台账、备份、U盘,写出看到了什么、要改什么。\n" +
			"台账一个字也不改;在磁盘和U盘上写一个很小的文件试一试,马上删掉。\n" +
			"有“要改”的,退出状态是 1。",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return m.doctor(cmd.Context(), asJSON) },
	}
	c.Flags().BoolVar(&asJSON, "json", false, "结果写成 JSON")
	return c
}

// doctor says what it finds, group after group, as soon as it is found.
func (m *Main) doctor(ctx context.Context, asJSON bool) error {
	path, err := m.path()
	if err != nil {
		return err
	}
	if !asJSON {
		m.sayf("台账 taizhang %s,提交 %s,%s/%s", version, revision(), runtime.GOOS, runtime.GOARCH)
	}
	drives := tui.Drives()
	all := []doctor.Finding{}
	for _, look := range []func() ([]doctor.Finding, error){
		func() ([]doctor.Finding, error) { return m.terminal(!asJSON) },
		func() ([]doctor.Finding, error) { return doctor.Locale(runtime.GOOS, m.Getenv), nil },
		func() ([]doctor.Finding, error) { return doctor.Disk(path), nil },
		func() ([]doctor.Finding, error) { return doctor.Clock(time.Now(), built()), nil },
		func() ([]doctor.Finding, error) { return doctor.Ledger(ctx, path, m.Note, drives) },
		func() ([]doctor.Finding, error) { return doctor.Sticks(drives), nil },
	} {
		found, err := look()
		if err != nil {
			return err
		}
		all = append(all, found...)
		if !asJSON {
			m.sayFindings(found)
		}
	}
	if asJSON {
		if err := writeJSON(m.Stdout, all); err != nil {
			return err
		}
	}
	if doctor.Worst(all) == doctor.Mend {
		return errQuiet
	}
	return nil
}

// sayFindings writes each finding on a line, under it what to change.
func (m *Main) sayFindings(found []doctor.Finding) {
	for _, f := range found {
		m.sayf("%s %s %s", ui.Fit("["+string(f.Grade)+"]", 6), ui.Fit(f.Topic, 8), f.Found)
		if f.Advice != "" {
			m.sayf("%s → %s", ui.Fit("", 14), f.Advice)
		}
	}
}

// answerTime is how long a terminal may take to tell how wide it draws.
const answerTime = 2 * time.Second

// terminal looks at the window: its size, its colours, its code page and how wide it draws
// what not all draw alike. ask draws a ruler and asks the person too.
func (m *Main) terminal(ask bool) ([]doctor.Finding, error) {
	in, out, ok := m.console()
	if !ok {
		return []doctor.Finding{doctor.NoTerminal()}, nil
	}
	w, h, err := term.GetSize(out.Fd())
	if err != nil {
		return nil, fmt.Errorf("size of the terminal: %w", err)
	}
	t := doctor.Terminal{
		Name: terminalName(m.Getenv), Width: w, Height: h, CodePage: console.CodePage(),
		Colors: colorprofile.Env(os.Environ()) > colorprofile.ASCII,
	}
	readings, err := console.Widths(in, out, append(ui.Ornaments(), "台账"), answerTime)
	if err != nil && !errors.Is(err, console.ErrNoAnswer) {
		return nil, err
	}
	t.Answers = err == nil
	for _, r := range readings {
		if r.Cells != ui.Width(r.Sample) {
			t.Wide = append(t.Wide, r.Sample)
		}
	}
	found := t.Findings()
	if ask {
		straight, err := m.askStraight()
		if err != nil {
			return nil, err
		}
		found = append(found, doctor.Straight(straight))
	}
	return found, nil
}

// console gives the window's two ends, where the program stands at one.
func (m *Main) console() (in, out *os.File, ok bool) {
	in, ok = m.Stdin.(*os.File)
	if !ok || !m.Terminal {
		return nil, nil, false
	}
	wrapped, ok := m.Stdout.(output)
	if !ok {
		return nil, nil, false
	}
	out, ok = wrapped.w.(*os.File)
	return in, out, ok
}

// terminalName is what the window calls itself in the environment, "" for nothing known.
func terminalName(get func(string) string) string {
	for _, known := range []struct{ variable, name string }{
		{"WT_SESSION", "Windows Terminal"}, {"TMUX", "tmux"}, {"TERM_PROGRAM", ""}, {"TERM", ""},
	} {
		if value := get(known.variable); value != "" {
			return cmp.Or(known.name, value)
		}
	}
	return ""
}

// askStraight draws lines that should end in one column, and asks whether they do: what a
// font draws only the person sees.
func (m *Main) askStraight() (bool, error) {
	const cells = 24
	m.sayf("")
	m.sayf("下面几行,右边的竖线应当上下对齐:")
	for _, s := range []string{"─", "│", "…", "台账", "a", "8"} {
		m.sayf("  |%s|", strings.Repeat(s, cells/ui.Width(s)))
	}
	m.tellf("对得齐吗?对得齐按回车,对不齐打 n 再按回车:")
	answer, err := bufio.NewReader(m.Stdin).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return false, fmt.Errorf("read the answer: %w", err)
	}
	return !strings.HasPrefix(strings.ToLower(strings.TrimSpace(answer)), "n"), nil
}
