package main

import (
	"cmp"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
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
