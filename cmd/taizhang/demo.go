package main

import (
	"os"

	"github.com/spf13/cobra"

	"taizhang/model"
	"taizhang/store/demo"
)

func (m *Main) demoCommand() *cobra.Command {
	var (
		out, asOf string
		o         demo.Options
	)
	c := &cobra.Command{
		Use:   "demo",
		Short: "造一个示例村的台账来试用(人和地方都是编的)",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			day, err := model.ParseDate(asOf)
			if err != nil || day == "" {
				return usagef("--as-of 应是日期,例如 2026-10-31")
			}
			if o.Members < demo.MinMembers || o.Members > demo.MaxMembers {
				return usagef("--members 应在 %d 到 %d 之间", demo.MinMembers, demo.MaxMembers)
			}
			o.AsOf = day
			if out == "" {
				if out, err = os.MkdirTemp("", "taizhang-demo-"); err != nil {
					return err
				}
			}
			r, err := demo.Village(cmd.Context(), out, o)
			if err != nil {
				return err
			}
			m.sayf("示例村的台账:%s", r.Ledger)
			m.sayf("示例县的台账:%s", r.County)
			m.sayf("示例县的配置文件:%s", r.Profile)
			m.sayf("示例县的密钥:%s", r.Key)
			if r.Faults != "" {
				m.sayf("放进去的差错:%s", r.Faults)
			}
			if !m.Terminal {
				m.sayf("打开它:taizhang --db %s", r.Ledger)
				return nil
			}
			m.db = r.Ledger
			return m.screens(cmd.Context(), openOptions{})
		},
	}
	f := c.Flags()
	f.StringVar(&out, "out", "", "写到这个文件夹(不写用临时文件夹)")
	f.IntVar(&o.Members, "members", 115, "党员人数")
	f.BoolVar(&o.Faults, "faults", false, "放进二十多处差错,试试检查和待办(同时写出 faults.json)")
	f.Uint64Var(&o.Seed, "seed", 1, "同样的数造出同样的台账")
	f.StringVar(&asOf, "as-of", "2026-10-31", "截止日期")
	return c
}
