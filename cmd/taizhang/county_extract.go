package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/extract"
	"taizhang/store/kit"
)

func (m *Main) countyExtractCommand() *cobra.Command {
	var o extract.Options
	var out, passphraseFile string
	c := &cobra.Command{
		Use:   "extract --township 乡镇 --out 文件",
		Short: "给乡镇一份本乡镇的记录和汇总(只能看,加口令)",
		Long: "给乡镇一份摘录:这个乡镇各单位的记录、报送情况、汇总和封账的数,别的乡镇的记录一条不带,写成一个加了口令的文件(.age)。\n" +
			"身份证号、电话和住址不带;要带就写 --with-ids,并写明 --purpose 和 --receiver。给了谁、做什么用,记在县里的修改记录里。\n" +
			"口令在终端上问两遍,不写在命令里;不在终端上用时写在一个文件的第一行里(--passphrase-file)。\n" +
			"乡镇的电脑上打开程序选“从备份恢复”,或 taizhang restore 文件 --db 摘录.db;打开以后只能看、能出表。",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := required(cmd, "township", "out"); err != nil {
				return err
			}
			return m.withCounty(cmd.Context(), false, func(l *store.Ledger) error {
				return m.extract(cmd.Context(), l, o, out, passphraseFile)
			})
		},
	}
	f := c.Flags()
	f.StringVar(&o.Township, "township", "", "乡镇的名称,例如 云溪镇")
	f.StringVar(&out, "out", "", "写到这个文件(.age)或文件夹")
	f.BoolVar(&o.Private, "with-ids", false, "带身份证号、电话和住址;要写明 --purpose 和 --receiver")
	f.StringVar(&o.Purpose, "purpose", "", "用途,记在修改记录里")
	f.StringVar(&o.Receiver, "receiver", "", "接收单位,记在修改记录里(不带身份证号时不写为这个乡镇)")
	f.StringVar(&passphraseFile, "passphrase-file", "", "口令在这个文件的第一行(不写:在终端上问两遍)")
	return c
}

func (m *Main) extract(ctx context.Context, l *store.Ledger, o extract.Options, out, passphraseFile string) error {
	switch {
	case isFolder(out):
		out = filepath.Join(out, extract.Name(l, strings.TrimSpace(o.Township)))
	case filepath.Ext(out) != kit.Extension:
		return usagef("摘录是一个加密的文件,文件名请以 %s 结尾,或者只写文件夹", kit.Extension)
	}
	var err error
	if o.Passphrase, err = m.extractSecret(passphraseFile); err != nil {
		return err
	}
	o.Each = func(done, all int, what string) {
		if m.Terminal {
			m.tellf("\r%s %d/%d %s\x1b[K", bar(done, all, 30), done, all, what)
		}
	}
	made, err := extract.Make(ctx, l, out, o)
	if m.Terminal {
		m.tellf("\n")
	}
	if err != nil {
		return err
	}
	m.sayf("已写出%s的摘录:%s", model.Clean(made.Township, false), made.Path)
	for _, line := range made.Notes() {
		m.sayf("%s", line)
	}
	return nil
}

// extractSecret gives the passphrase of a new extract: from a file, the environment, or
// asked twice on the terminal.
func (m *Main) extractSecret(file string) (string, error) {
	if file != "" {
		text, err := os.ReadFile(file)
		if err != nil {
			return "", store.ReadFault(err, file)
		}
		line, _, _ := strings.Cut(string(text), "\n")
		return strings.TrimRight(strings.TrimPrefix(line, "\ufeff"), "\r"), nil
	}
	if typed := m.Getenv(passphraseEnv); typed != "" {
		return typed, nil
	}
	if !m.Terminal {
		return "", usagef("摘录要加口令:请在终端窗口里运行,会问;或把口令写在一个文件里,加上 --passphrase-file 文件")
	}
	return m.newSecret(fmt.Sprintf("摘录的口令(至少 %d 个字,可以用汉字;请打电话告诉乡镇)", extract.Shortest))
}

// sayRestoredExtract tells what an extract is, after it was put in its place.
func (m *Main) sayRestoredExtract(r kit.Restored) {
	m.sayf("已放好摘录:%s", r.Ledger)
	m.sayf("%s;只能看、能出表,不能改动", r.Extract.Banner())
	if r.KeptLedger != "" {
		m.sayf("原来的摘录留在:%s", r.KeptLedger)
	}
}
