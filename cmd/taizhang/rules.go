package main

import (
	"strings"

	"github.com/spf13/cobra"

	"taizhang/model"
	"taizhang/model/party"
	"taizhang/model/party/packs"
)

func (m *Main) rulesCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "rules",
		Short: "列出全部规则和到期提醒:编号、轻重、记录种类、内容、依据、限度",
		Long: "列出全部规则和到期提醒:编号、轻重、记录种类、内容、依据,以及每个限度是多少、出自哪一条。\n" +
			"依据是“惯例”的,没有找到条文,只是各地通行的做法;限度可由县(市)用“taizhang county set”另定。",
		Args: noArgs,
		RunE: func(*cobra.Command, []string) error {
			limits, err := model.NewPacks(packs.Default(), nil)
			if err != nil {
				return err
			}
			all := model.WithLimits(model.AllRules(party.Kinds), limits)
			if asJSON {
				return writeJSON(m.Stdout, all)
			}
			for _, r := range all {
				m.sayf("%s %s %s:%s(依据:%s)", r.Code, r.Severity, r.Title, strings.TrimSuffix(r.Text, "。"), r.Source)
				for _, l := range r.Values {
					m.sayf("    限度 %s:%s", l.Name, l)
				}
			}
			m.sayf("共 %d 条", len(all))
			return nil
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "结果写成 JSON")
	return c
}
