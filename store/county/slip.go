package county

import (
	"context"
	"fmt"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
	"taizhang/store/sheet"
)

// slipProblems bounds the problems of a bundle that the slip names one by one; the
// receipt names all.
const slipProblems = 30

// Slip is the sheet that goes back with a stick (回执单): each bundle with what
// became of it, under it what has to be put right. One that was taken in before is named
// with what became of it then; a copy of a file on the stick gets no second row.
func Slip(ctx context.Context, l *store.Ledger, handled []Intake) (sheet.Grid, error) {
	g := sheet.Grid{Title: l.Home().Text(fieldName) + " 报送回执单", Name: "回执单", Subtitle: l.Source().Today().Chinese(),
		Columns: []string{townHeading, "单位", "月份", "序号", "结果", "说明"}}
	roll, err := l.Roll(ctx)
	if err != nil {
		return g, err
	}
	units := map[string]store.Unit{}
	for _, u := range roll {
		units[u.Code] = u
	}
	seen := map[string]bool{}
	for i := range handled {
		in := &handled[i]
		if in.Verdict == Foreign || in.copied(seen) {
			continue
		}
		u := units[in.Unit()]
		g.Rows = append(g.Rows, []any{u.Township, in.Called(u.Name), in.Month.Chinese(), number(in.Sequence), in.verdict(), in.said()})
		g.Rows = append(g.Rows, in.slipRows(l.Kinds())...)
	}
	above, err := Above(ctx, l)
	if err == nil && above != "" {
		gridWithoutTown(&g)
	}
	return g, err
}

// Unit gives the code of the bundle's organisation; of a file that could not be
// opened by its name alone, "" where that says nothing.
func (i *Intake) Unit() string {
	if i.Code != "" {
		return i.Code
	}
	code, _, _, _ := bundle.NameIn(i.File)
	return code
}

// Called is what the unit of a bundle is called: by the list, by the bundle, or the
// file's name.
func (i *Intake) Called(listed string) string {
	switch {
	case listed != "":
		return listed
	case i.Name != "":
		return model.Clean(i.Name, false)
	}
	return model.Clean(i.File, false)
}

// copied tells a bundle or file that was met already, and remembers this one.
func (i *Intake) copied(seen map[string]bool) bool {
	again := false
	for _, hash := range []string{i.Hash, i.FileHash} {
		if hash != "" {
			again = again || seen[hash]
			seen[hash] = true
		}
	}
	return again
}

// verdict is the verdict on the slip; of a bundle that was taken in before also that of then.
func (i *Intake) verdict() string {
	if i.Was != "" {
		return i.Verdict + "(" + i.Was + ")"
	}
	return i.Verdict
}

// said is Gist in words for those who sent the bundle: the slip goes home with its stick.
func (i *Intake) said() string {
	if i.Verdict == Refused && i.told != "" {
		return model.Clean(i.told, false)
	}
	return i.Gist()
}

// Gist says in one line what became of a bundle, beside the verdict.
func (i *Intake) Gist() string {
	if i.Reason != "" {
		text := model.Clean(i.Reason, false)
		if n := len(i.Problems); n > 0 && i.Was != "" {
			text += fmt.Sprintf(";问题 %d 条", n)
		}
		return text
	}
	if i.Sums != "" {
		return model.Clean(i.Sums+i.Corrected.Text(), false)
	}
	var all Difference
	for _, d := range i.Changes {
		all.Added, all.Changed, all.Deleted, all.Late = all.Added+d.Added, all.Changed+d.Changed, all.Deleted+d.Deleted, all.Late+d.Late
	}
	text := "与上次相同"
	if all != (Difference{}) {
		text = fmt.Sprintf("增 %d,改 %d,删 %d", all.Added, all.Changed, all.Deleted)
	}
	if all.Late > 0 {
		text += fmt.Sprintf(";补录 %d 条", all.Late)
	}
	if i.SetAside > 0 {
		text += fmt.Sprintf(";%d 条没有收入", i.SetAside)
	}
	if n := len(i.Problems); n > 0 {
		text += fmt.Sprintf(";问题 %d 条", n)
	}
	if n := len(i.Unknown); n > 0 {
		text += fmt.Sprintf(";%d 列不认识,没有收入", n)
	}
	return text
}

// slipRows names what has to be put right.
func (i *Intake) slipRows(kinds *model.Catalog) [][]any {
	var rows [][]any
	for _, p := range i.Problems {
		if p.Severity != severityError && p.Effect == "" {
			continue
		}
		if len(rows) == slipProblems {
			return append(rows, []any{"", "", "", "", "", "其余的见回执"})
		}
		rows = append(rows, []any{"", "", "", "", p.Effect, ProblemText(kinds, p)})
	}
	return rows
}

// ProblemText names the record and what is wrong with it.
func ProblemText(kinds *model.Catalog, p Problem) string {
	what := p.Label
	if k := kinds.Kind(p.Kind); k != nil {
		what = k.Title + "“" + p.Label + "”"
	}
	if what == "" {
		return model.Clean(p.Message, false)
	}
	return model.Clean(what+":"+p.Message, false)
}
