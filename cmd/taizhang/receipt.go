package main

import (
	"cmp"
	"context"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
	"taizhang/store/inbox"
	"taizhang/store/send"
)

func (m *Main) receiptCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "receipt 文件",
		Short: "取入县里发回的回执",
		Long:  "取入县里发回的回执:核对签名,在导出过的报送包上记下结果,列出要改的记录。",
		Args:  argsNamed("回执文件"),
		RunE: func(cmd *cobra.Command, args []string) error {
			data, err := readReceipt(args[0])
			if err != nil {
				return err
			}
			return m.withLedger(cmd.Context(), false, func(l *store.Ledger) error {
				code := l.Home().Str("code")
				r, err := send.TakeReceipt(cmd.Context(), l, data)
				if err != nil {
					return err
				}
				m.sayReceipt(l.Kinds(), r)
				if text := send.RecodedText(code, l.Home().Str("code")); text != "" {
					m.sayf("%s", text)
				}
				return nil
			})
		},
	}
}

// readReceipt reads a file that can be a receipt by its size.
func readReceipt(path string) ([]byte, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, fileError(path, err)
	case info.IsDir() || info.Size() > bundle.MaxSealed:
		return nil, model.Errorf("E-SEAL", "“%s”不是回执,请选择县里发回的文件(文件名以 %s 结尾)", path, bundle.ReceiptExtension)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fileError(path, err)
	}
	return data, nil
}

func (m *Main) sayReceipt(kinds *model.Catalog, r *bundle.Receipt) {
	line := fmt.Sprintf("%s第 %d 号报送包:%s", r.Month.Chinese(), r.Sequence, r.Verdict)
	if r.Reason != "" {
		line += "," + model.Clean(r.Reason, false)
	}
	m.sayf("%s", line)
	for _, p := range r.Problems {
		title, where := p.Kind, ""
		if k := kinds.Kind(p.Kind); k != nil {
			title = k.Title
			if f := k.Field(p.Field); f != nil {
				where = " " + f.Label
			}
		}
		effect := cmp.Or(p.Effect, map[string]string{"error": model.Fault.String()}[p.Severity], model.Warning.String())
		m.sayf("%s", model.Clean(fmt.Sprintf("[%s] %s“%s”%s:%s", effect, title, p.Label, where, p.Message), false))
	}
	for _, d := range r.Differences {
		m.sayf("%s", model.Clean(fmt.Sprintf("[与全国系统不同] %s:%s", d.Label, d.Message), false))
	}
	if r.MoreDifferences > 0 {
		m.sayf("与全国系统不同的还有 %d 条没有列出,改正以上各条后再导出", r.MoreDifferences)
	}
	if r.More > 0 {
		m.sayf("还有 %d 条没有列出,改正以上各条后再导出", r.More)
	}
}

// inboxCommand is 上级来件 of a village.
func (m *Main) inboxCommand() *cobra.Command {
	var take, save, out string
	c := &cobra.Command{
		Use:   "inbox",
		Short: "上级来件:县里随回执发来的通知和空白表,取入、列出、另存",
		Long: "县里随回执发来的通知和空白表。不写选项时列出来;--take 从U盘(或文件夹)取入;--save 另存一份到 --out 的文件夹。\n" +
			"例如:taizhang inbox --take /media/U盘;taizhang inbox --save 年报空表.xlsx --out 桌面",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			switch {
			case take != "" && save != "":
				return usagef("--take 和 --save 只能写一个")
			case save != "" && out == "":
				return usagef("请用 --out 写明另存到哪个文件夹")
			case save == "" && out != "":
				return usagef("请用 --save 写明另存哪个文件")
			}
			return m.withLedger(cmd.Context(), take == "" && save == "", func(l *store.Ledger) error {
				switch {
				case take != "":
					fresh, err := inbox.TakeIn(cmd.Context(), l, take)
					for _, p := range fresh {
						m.sayf("取入:%s", paperLine(p))
					}
					if err == nil {
						m.sayf("共取入 %d 个来件", len(fresh))
					}
					return err
				case save != "":
					return m.savePaper(cmd.Context(), l, save, out)
				}
				return m.listPapers(cmd.Context(), l, "还没有来件:县里把它和回执写在同一个U盘上,用 --take 取入")
			})
		},
	}
	f := c.Flags()
	f.StringVar(&take, "take", "", "从这个U盘或文件夹取入")
	f.StringVar(&save, "save", "", "另存这个来件(文件名)")
	f.StringVar(&out, "out", "", "另存到这个文件夹")
	return c
}

func (m *Main) savePaper(ctx context.Context, l *store.Ledger, name, dir string) error {
	all, err := inbox.Papers(ctx, l)
	if err != nil {
		return err
	}
	for _, p := range all { // the newest of that name
		if p.Name != name {
			continue
		}
		path, err := inbox.SaveTo(ctx, l, p, dir)
		if err == nil {
			m.sayf("已另存:%s", path)
		}
		return err
	}
	return model.Errorf("E-MAIL-GONE", "来件里没有“%s”,请用 taizhang inbox 看看有哪些", model.Clean(name, false))
}

func (m *Main) listPapers(ctx context.Context, l *store.Ledger, none string) error {
	all, err := inbox.Papers(ctx, l)
	if err != nil {
		return err
	}
	for _, p := range all {
		m.sayf("%s", paperLine(p))
	}
	if len(all) == 0 {
		m.sayf("%s", none)
	}
	return nil
}

// paperLine shows a document in one line.
func paperLine(p inbox.Paper) string {
	line := fmt.Sprintf("%s  %s  %s", p.Added[:10], model.Clean(p.Name, false), p.Weight())
	if p.Note != "" {
		line += "  " + model.Clean(p.Note, false)
	}
	if p.Withdraw != "" {
		line += "  (已收回)"
	}
	return line
}

// mailFlags are what `county issue` has for documents that travel beside the receipts.
type mailFlags struct {
	add      []string
	note     string
	withdraw string
	list     bool
}

func (f *mailFlags) register(c *cobra.Command) {
	c.Flags().StringArrayVar(&f.add, "add", nil, "随回执下发这个文件(通知、空白表),可以写几次;村里在“上级来件”里看到")
	c.Flags().StringVar(&f.note, "note", "", "下发的文件是做什么用的,例如 12月20日前填好交回")
	c.Flags().StringVar(&f.withdraw, "withdraw", "", "收回这个文件(文件名),以后的回执不再带它")
	c.Flags().BoolVar(&f.list, "list", false, "列出下发的文件")
}

func (f *mailFlags) used() bool { return len(f.add) > 0 || f.withdraw != "" || f.list }

// mail does what the flags ask for.
func (m *Main) mail(ctx context.Context, f mailFlags) error {
	if f.note != "" && len(f.add) == 0 {
		return usagef("--note 要和 --add 一起写")
	}
	return m.withCounty(ctx, !f.changes(), func(l *store.Ledger) error {
		for _, path := range f.add {
			p, err := inbox.Add(ctx, l, path, f.note)
			if err != nil {
				return err
			}
			m.sayf("已列入下发:%s(%s)。下次写回执时一起写到U盘的“%s”里", p.Name, p.Weight(), bundle.MailFolder)
		}
		if f.withdraw != "" {
			if err := inbox.Withdraw(ctx, l, f.withdraw); err != nil {
				return err
			}
			m.sayf("已收回:%s。以后的回执不再带它,已经取入的村里还有", f.withdraw)
		}
		if f.list {
			return m.listPapers(ctx, l, "还没有下发的文件")
		}
		return nil
	})
}

func (f *mailFlags) changes() bool { return len(f.add) > 0 || f.withdraw != "" }
