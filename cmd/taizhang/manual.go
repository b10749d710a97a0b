package main

import (
	"errors"
	"io"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"taizhang/model"
	"taizhang/store/sheet"
	"taizhang/tui/console"
	"taizhang/tui/manual"
	"taizhang/tui/ui"
)

func (m *Main) manualCommand() *cobra.Command {
	var out string
	c := &cobra.Command{
		Use:   "manual [章]",
		Short: "使用手册:从第一天到出错了怎么办,有画面的图",
		Long: "使用手册。写上章名只看一章,例如 taizhang manual 月末;章名可以只写几个字或拼音首字母。\n" +
			"--out 手册.html 写成一个网页文件(双击打开,可以打印),--out 手册.txt 写成文字。屏幕上按 F1 也看得到。\n" +
			"有这些章:" + manualTitles() + "。",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usagef("多了“%s”,用法:%s", model.Clean(args[1], false), cmd.UseLine())
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			var chapters []manual.Chapter
			for _, name := range args {
				ch, err := manual.Find(name)
				var known *model.Error
				if errors.As(err, &known) {
					return usagef("%s", known.Message)
				}
				chapters = append(chapters, ch)
			}
			return m.writeManual(out, chapters)
		},
	}
	c.Flags().StringVar(&out, "out", "", "写到这个文件:.html 是网页,.txt 是文字")
	return c
}

func manualTitles() string {
	var all []string
	for _, c := range manual.Chapters() {
		all = append(all, c.Title)
	}
	return strings.Join(all, "、")
}

func (m *Main) writeManual(out string, chapters []manual.Chapter) error {
	text := func(w io.Writer) error { return manual.Text(w, chapters...) }
	switch strings.ToLower(filepath.Ext(out)) {
	case ".html", ".htm":
		text = func(w io.Writer) error { return manual.HTML(w, chapters...) }
	case ".txt":
	case "":
		if out == "" {
			return m.printManual(text)
		}
		fallthrough
	default:
		return usagef("--out 的文件名请以 .html 或 .txt 结尾")
	}
	if err := sheet.WriteFile(out, text); err != nil {
		return err
	}
	m.sayf("已写出:%s", out)
	return nil
}

// printManual writes the manual to the terminal, in characters that it can draw.
func (m *Main) printManual(text func(io.Writer) error) error {
	if !m.Terminal || !console.Ask().Wide() {
		return text(m.Stdout)
	}
	var b strings.Builder
	if err := text(&b); err != nil {
		return err
	}
	_, err := io.WriteString(m.Stdout, ui.ASCII(b.String()))
	return err
}
