package main

import (
	"context"
	"io"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/paper"
	"taizhang/store/paper/page"
	"taizhang/store/sheet"
)

type paperOptions struct {
	month, year, format, out string
	list                     listOptions
	whole, blank             bool
	purpose, receiver        string
}

// paperReports gives a command for each paper.
func (m *Main) paperReports() []*cobra.Command {
	all := make([]*cobra.Command, len(paper.All))
	for i, p := range paper.All {
		all[i] = m.paperReport(p)
	}
	return all
}

func (m *Main) paperReport(p *page.Paper) *cobra.Command {
	var o paperOptions
	c := &cobra.Command{
		Use:   p.Name,
		Short: p.Title,
		Long:  p.Title + "。例如:taizhang report " + p.Name + paperExample(p) + " --out " + strings.NewReplacer("(", "", ")", "").Replace(p.Title) + ".xlsx",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if o.format != "text" && o.format != "xlsx" {
				return usagef("格式只有 text、xlsx,没有“%s”", model.Clean(o.format, false))
			}
			return m.withLedger(cmd.Context(), !o.whole, func(l *store.Ledger) error { return m.paper(cmd.Context(), l, p, o) })
		},
	}
	f := c.Flags()
	switch p.Over {
	case page.OverMonth:
		f.StringVar(&o.month, "month", "", "月份,例如 2026-10;不写为本月")
	case page.OverYear:
		f.StringVar(&o.year, "year", "", "年份,例如 2026;不写为今年")
	case page.OverRecord, page.OverRecords:
		f.StringVar(&o.list.view, "view", "", "现成的视图;不写用默认视图,“全部”不筛选")
		f.StringArrayVar(&o.list.where, "where", nil, "条件,例如 姓名=张三;可写多个")
	}
	if p.Whole {
		f.BoolVar(&o.whole, "whole", false, "身份证号和电话写全,要同时写 --purpose 和 --receiver,记入修改记录")
		f.StringVar(&o.purpose, "purpose", "", "用途")
		f.StringVar(&o.receiver, "receiver", "", "接收单位")
	}
	f.BoolVar(&o.blank, "blank", false, "出空白表,打印出来手填")
	f.StringVar(&o.format, "format", "text", "格式:text、xlsx;--out 写 .xlsx 的就是 xlsx")
	f.StringVar(&o.out, "out", "", "写到这个文件")
	return c
}

func paperExample(p *page.Paper) string {
	switch p.Over {
	case page.OverMonth:
		return " --month 2026-10"
	case page.OverYear:
		return " --year 2026"
	case page.OverRecord:
		return " --where …"
	}
	return ""
}

// request makes what the options ask for.
func (o *paperOptions) request(ctx context.Context, l *store.Ledger, p *page.Paper) (*page.Request, error) {
	q := paper.Ask(ctx, l)
	q.Whole, q.Purpose, q.Receiver, q.Blank = o.whole, o.purpose, o.receiver, o.blank
	switch p.Over {
	case page.OverMonth:
		month, err := parseMonth(o.month, q.Day)
		if err != nil {
			return nil, err
		}
		q.InMonth(month)
	case page.OverYear:
		year := q.Year
		if o.year != "" {
			var err error
			year, err = strconv.Atoi(strings.TrimSuffix(model.HalfWidth(o.year), "年"))
			if err != nil {
				return nil, usagef("“%s”不是年份,请写成 2026", model.Clean(o.year, false))
			}
		}
		q.InYear(year)
	case page.OverRecord, page.OverRecords:
		return q, o.choose(ctx, l, p, q)
	}
	return q, nil
}

// choose reads the records that a paper is of.
func (o *paperOptions) choose(ctx context.Context, l *store.Ledger, p *page.Paper, q *page.Request) error {
	if o.blank {
		return nil
	}
	k := l.Kinds().Kind(p.Kind)
	query, err := chosenQuery(ctx, l, k, o.list)
	if err != nil {
		return err
	}
	found, err := l.Page(ctx, query)
	if err != nil {
		return err
	}
	for _, r := range found.Records {
		if p.Applies == nil || p.Applies(r) {
			q.Records = append(q.Records, r)
		}
	}
	switch {
	case len(q.Records) == 0:
		return model.Errorf("E-PAPER-EMPTY", "没有选出能出%s的%s记录,请换一个视图或条件", p.Title, k.Title)
	case p.Over == page.OverRecord && len(q.Records) > 1:
		return usagef("%s一次出一条,选出了 %d 条;请用 --where 选出一条", p.Title, len(q.Records))
	}
	q.Record = q.Records[0]
	return nil
}

func (m *Main) paper(ctx context.Context, l *store.Ledger, p *page.Paper, o paperOptions) error {
	if o.whole && (o.purpose == "" || o.receiver == "") {
		return usagef("写全身份证号和电话,请写明 --purpose 用途 和 --receiver 接收单位")
	}
	q, err := o.request(ctx, l, p)
	if err != nil {
		return err
	}
	made, err := paper.Make(ctx, p, q)
	if err != nil {
		return err
	}
	if o.format == "xlsx" && o.out == "" {
		o.out = made.FileName()
	}
	if err := made.Note(ctx, o.out); err != nil {
		return err
	}
	switch {
	case o.out == "":
		_, err := io.WriteString(m.Stdout, strings.Join(made.Lines(), "\n")+"\n")
		return err
	case o.format == "xlsx" || strings.EqualFold(filepath.Ext(o.out), ".xlsx"):
		err = made.WriteXLSX(ctx, o.out)
	default:
		err = sheet.WriteFile(o.out, func(w io.Writer) error {
			_, err := io.WriteString(w, strings.Join(made.Lines(), "\n")+"\n")
			return err
		})
	}
	if err != nil {
		return err
	}
	m.sayf("已写出:%s", o.out)
	return nil
}
