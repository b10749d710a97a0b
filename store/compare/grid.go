package compare

import (
	"fmt"

	"taizhang/store"
	"taizhang/store/sheet"
)

// Name is what the comparison is called on paper and in the menu.
const Name = "与全国系统比对"

// Grid gives the differences as a table to print, ID numbers and phones masked. At the
// county each line begins with its unit.
func (r *Result) Grid(l *store.Ledger) sheet.Grid {
	g := sheet.Grid{Name: Name, Subtitle: "内部资料   " + l.Source().Today().Chinese(), Columns: []string{"类别", "姓名", "名单", "项目", "台账", Other, "说明"}}
	if home := l.Home(); home != nil {
		g.Title = home.Text("name") + " " + Name
	}
	if r.County {
		g.Columns = append([]string{"乡镇", "单位"}, g.Columns...)
	}
	for i := range r.Differences {
		d := &r.Differences[i]
		line := []any{d.Sort.Title(), d.Name, d.Row, d.Label, d.Ours, d.Theirs, d.Remark()}
		if r.County {
			line = append([]any{d.Township, d.Org}, line...)
		}
		g.Rows = append(g.Rows, line)
	}
	return g
}

// Summary says in a line what was found.
func (r *Result) Summary() string {
	fields, persons := r.Count(Differs)
	_, theirs := r.Count(OnlyTheirs)
	_, ours := r.Count(OnlyOurs)
	return fmt.Sprintf("名单 %d 人,台账在册 %d 人,两边都有 %d 人,其中 %d 人完全相同;内容不同 %d 人 %d 项;全国系统有、台账没有 %d 人;台账有、全国系统没有 %d 人",
		r.Rows, r.Ours, r.Both, r.Same, persons, fields, theirs, ours)
}

// Remark is what is to be said beside both sides, "" for nothing.
func (d *Difference) Remark() string {
	if d.Note != "" && d.Why != "" {
		return d.Note + ";" + d.Why
	}
	return d.Note + d.Why
}
