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
	"taizhang/store/bundle"
	"taizhang/store/county"
	"taizhang/store/extract"
	"taizhang/store/kit"
	"taizhang/store/send"
	"taizhang/store/sums"
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

func (m *Main) countyAboveCommand() *cobra.Command {
	var digits string
	c := &cobra.Command{
		Use:   "above 文件",
		Short: "取入上级(地市、省)的配置文件,汇总数字加密报给它",
		Long: "取入上级(地市、省)发给下级的配置文件:以后封了账的月份用 county export 加密报给它。\n" +
			"第一次取入的密钥记住,以后只认它和它公布的新密钥;上级丢了密钥另做的,打电话核对八位校验数字,写 --trust 数字。",
		Args: argsNamed("文件"),
		RunE: func(cmd *cobra.Command, args []string) error {
			data, err := os.ReadFile(args[0])
			if err != nil {
				return store.ReadFault(err, args[0])
			}
			return m.withCounty(cmd.Context(), false, func(l *store.Ledger) error {
				p, err := send.SetAbove(cmd.Context(), l, data, digits)
				if err != nil {
					return err
				}
				m.sayf("已取入上级“%s”(%s)的配置文件,密钥的校验数字 %s", model.Clean(p.Name, false), send.LevelOf(p), bundle.CheckDigits(p.PublicKey))
				return nil
			})
		},
	}
	c.Flags().StringVar(&digits, "trust", "", "电话里核对过的八位校验数字")
	return c
}

func (m *Main) countyExportCommand() *cobra.Command {
	var o sums.Options
	var month string
	var look, asJSON bool
	c := &cobra.Command{
		Use:   "export --month 月份 --out 文件夹",
		Short: "把封了账的一个月的汇总数字报给上级",
		Long: "把封了账的一个月的汇总数字(合计、按乡镇、按领域,--detail unit 时也按单位)写成报送包(.tzs),加密给上级。\n" +
			"里面没有一个人:没有姓名、号码,也没有它们的校验值。写以前先说有什么;只看不写用 --look。\n" +
			"封账以后不变的数字才能上报;报过以后更正的,再报一次,上级按差额看得出。",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			var err error
			if o.Month, err = monthOf(cmd, month); err != nil {
				return err
			}
			return m.withCounty(cmd.Context(), look, func(l *store.Ledger) error {
				return m.exportSums(cmd.Context(), l, o, look, asJSON)
			})
		},
	}
	f := c.Flags()
	f.StringVar(&month, "month", "", "封了账的月份,例如 2026-10")
	f.StringVar(&o.Dir, "out", ".", "写到这个文件夹")
	f.StringVar(&o.Detail, "detail", bundle.DetailTownship, "细到哪一级:township 到乡镇、unit 到单位")
	f.BoolVar(&o.Plain, "plain", false, "不加密(只用于自己检查)")
	f.BoolVar(&look, "look", false, "只说里面有什么,不写")
	f.BoolVar(&asJSON, "json", false, "结果写成 JSON")
	return c
}

func (m *Main) exportSums(ctx context.Context, l *store.Ledger, o sums.Options, look, asJSON bool) error {
	c, err := sums.Read(ctx, l, o)
	if err != nil {
		return err
	}
	if !asJSON {
		m.sayContent(c)
	}
	if look {
		return nil
	}
	sent, err := sums.Export(ctx, l, c, o)
	if err != nil {
		return err
	}
	if asJSON {
		return writeJSON(m.Stdout, sentJSON(sent))
	}
	m.sayf("已写出:%s", sent.Path)
	m.sayf("月份 %s,序号 %d,大小 %d 字节", sent.Month.Chinese(), sent.Sequence, sent.Size)
	m.sayf("校验码 %s", sent.FileHash)
	if o.Plain {
		m.sayf("注意:这个文件没有加密,请不要交出去")
	}
	return nil
}

// sayContent states what goes up.
func (m *Main) sayContent(c *sums.Content) {
	for _, line := range c.Text() {
		m.sayf("%s", line)
	}
	if len(c.Hidden) > 0 {
		m.sayf("下面这些分项的名称里有人的姓名,不写出名称,数字照报:%s", model.Clean(strings.Join(c.Hidden, "、"), false))
	}
}

func (m *Main) countyCorrectionsCommand() *cobra.Command {
	var month string
	var asJSON bool
	c := &cobra.Command{
		Use:   "corrections --month 月份",
		Short: "地市、省:下级对一个月的汇总更正了哪些数",
		Long:  "下级对一个月的汇总报过不止一次的,逐次列出哪些数变了:更正前、更正后。本级封了账的月份,封账的汇总不变,要算进去请更正封账(county close --again)。",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			mon, err := monthOf(cmd, month)
			if err != nil {
				return err
			}
			return m.withCounty(cmd.Context(), true, func(l *store.Ledger) error {
				all, err := county.Corrections(cmd.Context(), l, mon)
				switch {
				case err != nil:
					return err
				case asJSON:
					return writeJSON(m.Stdout, all)
				case len(all) == 0:
					m.sayf("%s的汇总,下级没有更正过", mon.Chinese())
				}
				for _, one := range all {
					late := ""
					if one.Closed {
						late = "(本级封账以后到的,封账的汇总里没有)"
					}
					m.sayf("%s %s:第 %d 号更正第 %d 号,%d 个数%s", one.Code, model.Clean(one.Name, false), one.To, one.From, len(one.Changes), late)
					m.sayChanges(one.Changes)
				}
				return nil
			})
		},
	}
	c.Flags().StringVar(&month, "month", "", "月份,例如 2026-10")
	c.Flags().BoolVar(&asJSON, "json", false, "结果写成 JSON")
	return c
}
