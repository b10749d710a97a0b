package main

import (
	"context"

	"github.com/spf13/cobra"

	"taizhang/model"
	"taizhang/store"
)

func (m *Main) dueCommand() *cobra.Command {
	var on string
	var asJSON bool
	c := &cobra.Command{
		Use:   "due [--on 日期]",
		Short: "待办:今天(或某一天)有哪些事到期或将到期",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return m.withLedger(cmd.Context(), true, func(l *store.Ledger) error {
				return m.due(cmd.Context(), l, on, asJSON)
			})
		},
	}
	c.Flags().StringVar(&on, "on", "", "看哪一天,例如 2026-12-01(默认今天)")
	c.Flags().BoolVar(&asJSON, "json", false, "结果写成 JSON")
	return c
}

// A row is written in three parts: what is said of many records is made once for all.
type dueJSON struct {
	Code string `json:"code"`
	Kind string `json:"kind"`
}

type dueRecordJSON struct {
	ID    string `json:"id"`
	Label string `json:"label"`
}

type dueTextJSON struct {
	Text    string     `json:"text"`
	Day     model.Date `json:"day,omitempty"`
	Urgency string     `json:"urgency"` // information, soon or overdue
	Source  string     `json:"source"`
}

var urgencyJSON = map[model.Urgency]string{model.ForInformation: "information", model.Soon: "soon", model.Overdue: "overdue"}

// due lists what falls due. It is no failure that something does.
func (m *Main) due(ctx context.Context, l *store.Ledger, on string, asJSON bool) error {
	day := l.Source().Today()
	if on != "" {
		d, err := model.ParseDate(on)
		if err != nil {
			return usagef("--on:%s", err.Error())
		}
		day = d
	}
	all, err := l.Due(ctx, day)
	if err != nil {
		return err
	}
	if !asJSON {
		m.sayDue(l, day, all)
		return nil
	}
	var of *model.DueOf
	var head, tail []byte
	return writeRows(m.Stdout, map[string]any{"on": day}, "due", len(all), func(b *rowBuffer, i int) {
		d := all[i]
		if d.DueOf != of {
			of = d.DueOf
			head, tail = b.lines(dueJSON{d.Code, d.Kind}), b.lines(dueTextJSON{d.Text, d.Day, urgencyJSON[d.Urgency], d.Source})
		}
		b.put(head, b.lines(dueRecordJSON{d.ID, d.Label}), tail)
	})
}

// sayDue writes one line a rule with its count, and below it the records.
func (m *Main) sayDue(l *store.Ledger, day model.Date, all []model.Due) {
	defer m.buffered()()
	lines := model.DueLines(l.Kinds(), all)
	for _, line := range lines {
		m.sayf("%s %s %s", line.Urgency, line.Item.Code, line.Text)
		for _, d := range line.Due {
			m.sayf("    %s:%s(依据:%s)", model.Clean(d.Label, false), d.Text, d.Source)
		}
	}
	if len(lines) == 0 {
		m.sayf("%s没有到期或将到期的事", day.Chinese())
		return
	}
	m.sayf("%s,共 %d 项 %d 条", day.Chinese(), len(lines), len(all))
}
