package main

import (
	"context"

	"github.com/spf13/cobra"

	"taizhang/store"
	"taizhang/store/county"
	"taizhang/store/sheet"
)

func (m *Main) countyCrossCommand() *cobra.Command {
	var o reportOptions
	c := &cobra.Command{
		Use:   "cross",
		Short: "交叉核对:同一个人在两处在册,转出没有转入,转入没有转出",
		Long: "把各单位报来的人员互相核对:一个身份证号在两个单位都在册;转出三个月了对方没有登记转入(口袋党员);" +
			"转入三个月了对方没有登记转出。每一条也写进两边的回执。",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := o.check(); err != nil {
				return err
			}
			return m.withCounty(cmd.Context(), true, func(l *store.Ledger) error { return m.cross(cmd.Context(), l, o) })
		},
	}
	f := c.Flags()
	f.StringVar(&o.format, "format", "text", "格式:text、csv、json、xlsx")
	f.BoolVar(&o.json, "json", false, "同 --format json")
	f.StringVar(&o.out, "out", "", "写到这个文件")
	return c
}

func (m *Main) cross(ctx context.Context, l *store.Ledger, o reportOptions) error {
	found, err := county.CrossCheck(ctx, l)
	if err != nil {
		return err
	}
	if found == nil {
		found = []county.CrossFinding{}
	}
	limit, err := county.CrossLimit(ctx, l)
	if err != nil {
		return err
	}
	if o.format == "text" && o.out == "" {
		for _, f := range found {
			m.sayf("%s %s", county.CrossTitle(f.Code), f.Text)
		}
		m.sayf("交叉核对:%d 条", len(found))
		if limit != "" {
			m.sayf("%s", limit)
		}
		return nil
	}
	g := sheet.Grid{Title: l.Home().Text("name") + " 交叉核对", Name: "交叉核对", Subtitle: l.Source().Today().Chinese(),
		Columns: []string{"类别", "日期", "乡镇", "单位", "人员", "另一单位", "说明"}}
	for _, f := range found {
		a, b := f.Sides[0], f.Sides[1]
		g.Rows = append(g.Rows, []any{county.CrossTitle(f.Code), string(f.Day), a.Township, a.Org, a.Person, b.Township + b.Org, f.Text})
	}
	result := map[string]any{"findings": found}
	var notes []string
	if limit != "" {
		g.Subtitle = limit + "  " + g.Subtitle
		notes, result["limit"] = []string{"", limit}, limit
	}
	return m.write(ctx, o, g, notes, result, county.CrossSheet(l.Home().Text("name"), l.Source().Today(), found, limit))
}
