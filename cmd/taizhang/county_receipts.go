package main

import (
	"github.com/spf13/cobra"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
	"taizhang/store/county"
)

func (m *Main) countyReceiptsCommand() *cobra.Command {
	var keyFile, out, month string
	c := &cobra.Command{
		Use:   "receipts --out 文件夹",
		Short: "写出给各村的回执(签名的,一个报送包一份)",
		Long:  "写出给各村的回执:上次以后处理过的报送包各一份;写上 --month 时,那个月的全部再写一遍。",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := required(cmd, "out"); err != nil {
				return err
			}
			var mon model.Month
			if month != "" {
				var err error
				if mon, err = parseMonth(month, ""); err != nil {
					return err
				}
			}
			return m.withCountyKey(cmd.Context(), keyFile, func(l *store.Ledger, key *bundle.CountyKey) error {
				paths, err := county.Receipts(cmd.Context(), l, key, out, mon)
				for _, p := range paths {
					m.sayf("%s", p)
				}
				switch {
				case err != nil:
					return err
				case len(paths) == 0 && mon != "":
					m.sayf("共写出回执 0 份:没有收过%s的、能回的报送包,请核对月份", mon.Chinese())
				case len(paths) == 0:
					m.sayf("共写出回执 0 份:上次以后没有收过新的报送包;以前的再写一遍请加上 --month")
				default:
					m.sayf("共写出回执 %d 份", len(paths))
				}
				return nil
			})
		},
	}
	f := c.Flags()
	f.StringVar(&out, "out", "", "写到这个文件夹")
	f.StringVar(&month, "month", "", "这个月的全部回执,例如 2026-10(不写:上次以后处理的)")
	f.StringVar(&keyFile, "key", "", "县里的密钥(不写用台账旁边的 county.key)")
	return c
}
