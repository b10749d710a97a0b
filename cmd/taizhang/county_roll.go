package main

import (
	"errors"

	"github.com/spf13/cobra"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/county"
	"taizhang/store/send"
	"taizhang/store/sheet"
)

func (m *Main) countyRollCommand() *cobra.Command {
	var flags profileFlags
	c := &cobra.Command{
		Use:   "roll 文件",
		Short: "取入应报送的单位名单(.xlsx 或 .csv:代码、名称、乡镇、领域、电话)",
		Long: "取入应报送的单位名单,整个代替原来的。名单决定谁迟报、乡镇怎么写;名单外的报送包不接收。有一行不对,整个名单都不取入。\n" +
			"名单随配置文件发给各村:名单有变化时,配置文件升一版,重新签发。",
		Args: argsNamed("名单文件"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return m.withCounty(cmd.Context(), false, func(l *store.Ledger) error {
				key, err := m.countyKey(l, flags.key)
				var known *model.Error
				switch {
				case errors.As(err, &known) && known.Code == codeNoKey && flags.key == "":
					// the list decides who is late with or without a new profile
				case err != nil:
					return err
				default:
					if _, err := county.OwnWith(cmd.Context(), l, key); err != nil {
						return err
					}
				}
				units, err := sheet.Units(cmd.Context(), book.Standard, args[0])
				if err != nil {
					return err
				}
				if err := l.SetUnits(cmd.Context(), units); err != nil {
					return err
				}
				m.sayf("已取入单位名单:%d 个单位", len(units))
				if key == nil {
					m.sayf("没有找到县里的密钥,配置文件没有重新签发;请用 --key 写明 county.key 再取一次")
					return nil
				}
				before, err := send.Profile(cmd.Context(), l)
				if err != nil {
					return err
				}
				p, err := county.Reissue(cmd.Context(), l, key, flags.path(l), nil)
				if err != nil {
					return err
				}
				m.sayReissued(before, p, flags.path(l))
				return nil
			})
		},
	}
	flags.add(c)
	return c
}
