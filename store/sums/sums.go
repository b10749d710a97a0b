// Package sums is what an office sends to the one above it: the numbers of a closed month,
// by township, domain and, where that is wanted, by organisation. No person is in them, no
// name of one and no hash.
package sums

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"taizhang/model"
	"taizhang/model/party/membership"
	"taizhang/store"
	"taizhang/store/bundle"
	"taizhang/store/count"
	"taizhang/store/send"
)

// Options say which month goes up, and how.
type Options struct {
	Month  model.Month
	Dir    string // the folder to write to; "": the current one
	Detail string // bundle.DetailTownship, bundle.DetailUnit; "": township
	Plain  bool   // without the age layer; needs no profile of the office above
}

// Content is what goes up of a month, so that it can be looked at before it is written.
type Content struct {
	Month  model.Month
	Sums   bundle.Sums
	Closed string // when the month was closed, by the clock on the wall
	Tables []Table
	// Hidden are the parts of figures that held the name of a person on file, and stand as
	// hiddenPart in what goes up.
	Hidden []string
}

// Table is one table of what goes up.
type Table struct {
	Resource bundle.Resource
	Rows     [][]string
}

// hiddenPart stands for a part whose text holds the name of a person.
const hiddenPart = "(含姓名,不上报)"

// Read gathers what goes up of a month. *model.Error: E-SEAL-OPEN for a month that is not
// closed, E-SEAL-OLD for one that a program closed that kept nothing for the office above,
// E-DETAIL for a detail that there is not.
func Read(ctx context.Context, l *store.Ledger, o Options) (*Content, error) {
	if o.Detail == "" {
		o.Detail = bundle.DetailTownship
	}
	if o.Detail != bundle.DetailTownship && o.Detail != bundle.DetailUnit {
		return nil, model.Errorf("E-DETAIL", "--detail 只能是 township(到乡镇)或 unit(到单位),没有“%s”", model.Clean(o.Detail, false))
	}
	seal, err := count.SealOf(ctx, l, o.Month)
	if err != nil {
		return nil, err
	}
	if seal == nil {
		return nil, model.Errorf("E-SEAL-OPEN", "%s还没有封账,数字还会变,不能上报;请先封账(taizhang county close --month %s)", o.Month.Chinese(), o.Month)
	}
	frozen, err := seal.Open()
	if err != nil {
		return nil, err
	}
	if frozen.Upward == nil {
		return nil, model.Errorf("E-SEAL-OLD", "%s是以前的程序封的账,没有留下上报用的底数,不能上报;一定要报的,更正封账一次就可以", o.Month.Chinese())
	}
	b := &builder{frozen: frozen, detail: o.Detail, hidden: map[string]bool{}}
	if b.level, err = send.OwnLevel(ctx, l); err != nil {
		return nil, err
	}
	if b.names, err = names(ctx, l); err != nil {
		return nil, err
	}
	b.build()
	c := &Content{Month: o.Month, Closed: seal.Closed(), Tables: b.tables(),
		Sums: bundle.Sums{Level: b.level, Detail: o.Detail, From: frozen.Period.From, To: frozen.Period.To, Closed: seal.At}}
	if frozen.Returns != nil {
		c.Sums.Due, c.Sums.In = frozen.Returns.Due, frozen.Returns.In
	}
	for part := range b.hidden {
		c.Hidden = append(c.Hidden, part)
	}
	slices.Sort(c.Hidden)
	return c, nil
}

// Export writes what goes up of a month (Read) into a bundle for the office above.
// *model.Error as send.ExportSums.
func Export(ctx context.Context, l *store.Ledger, c *Content, o Options) (send.Sent, error) {
	return send.ExportSums(ctx, l, send.SumsOptions{Month: c.Month, Dir: o.Dir, Plain: o.Plain, Sums: c.Sums, Add: c.add})
}

// Text states what goes up, a line each.
func (c *Content) Text() []string {
	rows := map[string]int{}
	for _, t := range c.Tables {
		rows[t.Resource.Name] = len(t.Rows)
	}
	counties := "" // a city's are by county too
	if c.Sums.Level != bundle.LevelCounty {
		counties = "县、"
	}
	all := []string{fmt.Sprintf("%s的汇总数字(%s封账),应报 %d 个,实报 %d 个", c.Month.Chinese(), c.Closed, c.Sums.Due, c.Sums.In),
		fmt.Sprintf("%d 项指标,%d 个范围(合计、%s乡镇、领域),%d 个数字", rows[bundle.SumFigures], rows[bundle.SumGroups], counties, rows[bundle.SumTallies]+rows[bundle.SumApart])}
	if c.Sums.Detail == bundle.DetailUnit {
		all[1] = fmt.Sprintf("%d 项指标,%d 个范围(合计、%s乡镇、领域、%d 个单位),%d 个数字", rows[bundle.SumFigures], rows[bundle.SumGroups], counties, rows[bundle.SumUnits],
			rows[bundle.SumTallies]+rows[bundle.SumApart])
	}
	return append(all, "没有一个人:没有姓名、身份证号、电话、住址,也没有它们的校验值")
}

func (c *Content) add(ctx context.Context, b *bundle.Builder) error {
	for _, t := range c.Tables {
		if err := b.Add(ctx, t.Resource, each(t.Rows)); err != nil {
			return err
		}
	}
	return nil
}

func each(rows [][]string) func(yield func([]string, error) bool) {
	return func(yield func([]string, error) bool) {
		for _, r := range rows {
			if !yield(r, nil) {
				return
			}
		}
	}
}

// names gives the names of all persons on file, the deleted ones too, of two characters or
// more.
func names(ctx context.Context, l *store.Ledger) ([]string, error) {
	known := map[string]bool{}
	for _, deleted := range []bool{false, true} {
		err := l.Each(ctx, store.Query{Kind: membership.PersonKind, Deleted: deleted}, func(r *model.Record) error {
			if name := strings.TrimSpace(r.Str("name")); len([]rune(name)) > 1 {
				known[name] = true
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	all := make([]string, 0, len(known))
	for name := range known {
		all = append(all, name)
	}
	return all, nil
}
