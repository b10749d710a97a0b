package main

import (
	"strings"

	"github.com/spf13/cobra"

	"taizhang/model"
	"taizhang/model/party"
)

func (m *Main) rulesCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "rules",
		Short: "列出全部规则和到期提醒:编号、轻重、记录种类、内容、依据",
		Args:  noArgs,
		RunE: func(*cobra.Command, []string) error {
			all := model.AllRules(party.Kinds)
			if asJSON {
				return writeJSON(m.Stdout, all)
			}
			for _, r := range all {
				m.sayf("%s %s %s:%s(依据:%s)", r.Code, r.Severity, r.Title, strings.TrimSuffix(r.Text, "。"), r.Source)
			}
			m.sayf("共 %d 条", len(all))
			return nil
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "结果写成 JSON")
	return c
}
