package main

import (
	"context"
	"os"

	"github.com/spf13/cobra"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/demo"
	"taizhang/store/demo/city"
	"taizhang/store/demo/province"
)

func (m *Main) demoCommand() *cobra.Command {
	var (
		out, asOf string
		o         demo.Options
		county    bool
		number    int
		keep      string
		above     bool
		units     int
	)
	c := &cobra.Command{
		Use:   "demo",
		Short: "造一个示例村或示例县的台账来试用(人和地方都是编的)",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if flag := cmd.Flags(); keep != "" && !county {
				return usagef("--keep 只与 --city 一起用")
			} else if flag.Changed("county") && !county {
				return usagef("--county 只与 --city 一起用")
			} else if number < 1 || number > city.MostCounties {
				return usagef("--county 应在 1 到 %d 之间", city.MostCounties)
			} else if flag.Changed("county") && !flag.Changed("seed") {
				o.Seed = 0 // each county has its own
			}
			if flag := cmd.Flags(); above && (county || flag.Changed("members") || flag.Changed("faults") || flag.Changed("as-of")) {
				return usagef("--province 只有汇总数字,日期是定好的,不能与 --city、--members、--faults、--as-of 一起用")
			} else if !above && flag.Changed("units") {
				return usagef("--units 只与 --province 一起用")
			}
			if flag := cmd.Flags(); county && (flag.Changed("members") || flag.Changed("faults") || flag.Changed("as-of")) {
				return usagef("--city 的规模和日期是定好的,不能与 --members、--faults、--as-of 一起用")
			}
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
			if above {
				return m.demoProvince(cmd.Context(), out, province.Options{Seed: o.Seed, Units: units})
			}
			if county {
				return m.demoCity(cmd.Context(), out, city.Options{Seed: o.Seed, County: number, Keep: keep})
			}
			r, err := demo.Village(cmd.Context(), out, o)
			if err != nil {
				return err
			}
			if err := m.forget(cmd.Context(), r.Ledger); err != nil {
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
	f.BoolVar(&county, "city", false, "造一个示例县:536 个党组织、32,428 名党员,县里的台账和各单位 2026 年 6 月的报送包")
	f.IntVar(&number, "county", 1, "示例地市的第几个县(1 到 6):代码 990101 到 990106,名称、人员和数字各不同")
	f.StringVar(&keep, "keep", "", "示例县里再留下这个代码的党组织自己的台账")
	f.BoolVar(&above, "province", false, "造一个示例省:省里的台账,已收下各县 2026 年 10 月的汇总数字(没有记录,没有人)")
	f.IntVar(&units, "units", 10000, "示例省有多少个单位")
	f.StringVar(&asOf, "as-of", "2026-10-31", "截止日期")
	return c
}

// forget takes away what this machine remembers of a made-up ledger: the same one is made
// again and again.
func (m *Main) forget(ctx context.Context, path string) error {
	l, err := book.Open(ctx, path, store.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	//nolint:errcheck // The note is only a help.
	l.ForgetNote(m.Note)
	return l.Close()
}

// sayEach says at a terminal how far something is, each so many of it and at the end; nil
// elsewhere.
func (m *Main) sayEach(n int, format string) func(done, all int) {
	if !m.Terminal {
		return nil
	}
	return func(done, all int) {
		if done%n == 0 || done == all {
			m.sayf(format, done, all)
		}
	}
}

// demoCity makes the county and says what is where.
func (m *Main) demoCity(ctx context.Context, out string, o city.Options) error {
	o.Progress = m.sayEach(20, "已造好 %d/%d 个党组织")
	r, err := city.Make(ctx, out, o)
	if err != nil {
		return err
	}
	m.sayf("示例县:%d 个党组织,%d 名党员", r.Organisations, r.Members)
	m.sayf("示例县的台账:%s", r.County)
	m.sayf("示例县的配置文件:%s", r.Profile)
	m.sayf("示例县的密钥:%s", r.Key)
	m.sayf("各单位的报送包:%s", r.Stick)
	m.sayf("应得的数字和放进去的差错:%s", r.Truth)
	if r.Ledger != "" {
		m.sayf("留下的台账:%s", r.Ledger)
	}
	m.sayf("收报送包:taizhang county receive %s --db %s --key %s", r.Stick, r.County, r.Key)
	return nil
}

// demoProvince makes the province and says what is where.
func (m *Main) demoProvince(ctx context.Context, out string, o province.Options) error {
	o.Progress = m.sayEach(10, "已造好 %d/%d 个县")
	r, err := province.Make(ctx, out, o)
	if err != nil {
		return err
	}
	m.sayf("示例省:%d 个县,%d 个单位,只有汇总数字", r.Counties, r.Units)
	m.sayf("示例省的台账:%s", r.Ledger)
	m.sayf("示例省的配置文件:%s", r.Profile)
	m.sayf("示例省的密钥:%s", r.Key)
	m.sayf("发布到数据库:taizhang-publish --db %s --to postgres://用户@主机/数据库", r.Ledger)
	return nil
}
